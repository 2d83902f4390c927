package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code image}. */
final class ImageSyntax {
  private static final String PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
  private static final String REGISTRY =
      "(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)"
          + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+])(?::[0-9]+)?";

  /** The grammar of references of the distribution specification. */
  private static final Pattern REFERENCE =
      Pattern.compile(
          "(?:(?:%s)/)?%s(?:/%s)*(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,})?"
              .formatted(REGISTRY, PART, PART));

  private static final int LONGEST = 512;

  private ImageSyntax() {}

  /** Read; null if there is none, or it lacks a variable, or it is no reference. */
  static @Nullable String read(Field field, Reading reading) {
    String image = field.text("a reference to an image");
    List<String> missing = reading.log().gapsAt(field.location());
    if (!missing.isEmpty()) {
      field.refuse(
          Category.MISSING_VARIABLE,
          "the image is not known without %s"
              .formatted(String.join(", ", missing.stream().distinct().toList())),
          "Set it: %s."
              .formatted(
                  String.join(
                      " ", missing.stream().distinct().map("--var %s=VALUE"::formatted).toList())));
      return null;
    }
    if (image == null || image.contains("${{")) {
      return image;
    }
    if (image.length() > LONGEST || !REFERENCE.matcher(image).matches()) {
      field.invalid(
          "\"%s\" is not a reference to an image (expected: [registry/]name[:tag][@digest], the name"
                  .formatted(shorten(image))
              + " in lower case)",
          "");
      return null;
    }
    return image;
  }

  private static String shorten(String image) {
    return image.length() <= 80 ? image : image.substring(0, 80) + "...";
  }
}
