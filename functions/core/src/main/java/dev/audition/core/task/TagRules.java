package dev.audition.core.task;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for the tags of a task or a task definition. */
final class TagRules {
  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{N}\\p{Z}_.:/=+\\-@]*");

  private TagRules() {}

  /** Return one line for each rule that is broken. */
  static List<String> check(List<JsonFields> tags) {
    List<String> broken = new ArrayList<>();
    if (tags.size() > 50) {
      broken.add("more than 50 tags");
    }
    Set<String> keys = new HashSet<>();
    for (JsonFields tag : tags) {
      String key = tag.text("key");
      String value = tag.text("value");
      if (key.isEmpty() || key.length() > 128 || !TEXT.matcher(key).matches()) {
        broken.add("tag key: " + key);
      }
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        broken.add("tag key: " + key + " (aws: is reserved)");
      }
      if (value.length() > 256 || !TEXT.matcher(value).matches()) {
        broken.add("tag value of " + key);
      }
      if (!keys.add(key)) {
        broken.add("tag given twice: " + key);
      }
    }
    return broken;
  }
}
