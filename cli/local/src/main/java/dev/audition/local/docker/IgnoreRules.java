package dev.audition.local.docker;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rules of a {@code .dockerignore} file: which files of a build context are left out. Patterns
 * are Go's {@code filepath.Match} and {@code **}; the last one that fits decides; {@code !} takes
 * files back in; what lies below a folder that fits, fits.
 *
 * @see <a href="https://docs.docker.com/reference/dockerfile/#dockerignore-file">the file's
 *     rules</a>
 */
final class IgnoreRules {
  private record Rule(Pattern pattern, boolean exclude) {}

  private final List<Rule> rules;

  private IgnoreRules(List<Rule> rules) {
    this.rules = rules;
  }

  /** Read the text of a {@code .dockerignore} file; empty text leaves nothing out. */
  static IgnoreRules parse(String text) {
    List<Rule> rules = new ArrayList<>();
    for (String line : text.lines().toList()) {
      String trimmed = line.strip();
      if (trimmed.isEmpty() || line.startsWith("#")) {
        continue;
      }
      boolean exclude = !trimmed.startsWith("!");
      String pattern = cleaned(exclude ? trimmed : trimmed.substring(1).strip());
      if (!pattern.isEmpty()) {
        rules.add(new Rule(compile(pattern), exclude));
      }
    }
    return new IgnoreRules(rules);
  }

  /**
   * Return whether a file is left out.
   *
   * @param path relative to the context, with {@code /}
   */
  boolean excludes(String path) {
    boolean excluded = false;
    for (Rule rule : rules) {
      if (rule.exclude() != excluded && fits(rule.pattern(), path)) {
        excluded = rule.exclude();
      }
    }
    return excluded;
  }

  /** Return whether nothing below a folder that is left out can be taken back in. */
  boolean prunes(String folder) {
    return excludes(folder) && rules.stream().allMatch(Rule::exclude);
  }

  private static boolean fits(Pattern pattern, String path) {
    for (String at = path; !at.isEmpty(); at = at.substring(0, Math.max(0, at.lastIndexOf('/')))) {
      if (pattern.matcher(at).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Resolve {@code .} and {@code ..}; slashes at either end mean nothing. */
  private static String cleaned(String pattern) {
    List<String> parts = new ArrayList<>();
    for (String part : pattern.split("/", -1)) {
      if (part.equals("..")) {
        if (!parts.isEmpty()) {
          parts.removeLast();
        }
      } else if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part);
      }
    }
    return String.join("/", parts);
  }

  private static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      if (c == '*' && glob.startsWith("**", i)) {
        i++;
        boolean folder = i + 1 < glob.length() && glob.charAt(i + 1) == '/';
        regex.append(folder ? "(?:.*/)?" : ".*");
        i += folder ? 1 : 0;
      } else if (c == '*') {
        regex.append("[^/]*");
      } else if (c == '?') {
        regex.append("[^/]");
      } else if (c == '[' && glob.indexOf(']', i + 2) > 0) {
        int end = glob.indexOf(']', i + 2);
        regex.append(set(glob.substring(i + 1, end)));
        i = end;
      } else if (c == '\\' && i + 1 < glob.length()) {
        i++;
        regex.append(Pattern.quote(String.valueOf(glob.charAt(i))));
      } else {
        regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private static String set(String body) {
    boolean negated = body.startsWith("^");
    String members = (negated ? body.substring(1) : body).replace("\\", "\\\\").replace("[", "\\[");
    return "[" + (negated ? "^/" : "") + members.replace("&", "\\&").replace("^", "\\^") + "]";
  }
}
