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
  private static final String NO_REFERENCE =
      "\"%s\" is not a reference to an image (expected: [registry/]name[:tag][@digest], the name in"
          + " lower case)";

  /** What a plan shows where nothing of an image is known. */
  private static final String NOT_KNOWN = "not-known-yet";

  private ImageSyntax() {}

  /** Read; null if there is none, or it lacks a variable, or it is no reference. */
  static @Nullable String read(Field field, Reading reading) {
    String image = field.text("a reference to an image");
    List<String> missing = reading.log().gapsAt(field.location()).stream().distinct().toList();
    if (!missing.isEmpty()) {
      reading.needed(
          field,
          Category.MISSING_VARIABLE,
          "the image is not known without %s".formatted(String.join(", ", missing)),
          "Set it: %s."
              .formatted(
                  String.join(" ", missing.stream().map("--var %s=VALUE"::formatted).toList())));
      return reading.request().planOnly() ? standIn(image) : null;
    }
    if (image == null || image.contains("${{") || isReference(image)) {
      return image;
    }
    field.invalid(NO_REFERENCE.formatted(shorten(image)), "");
    return null;
  }

  /**
   * Read the image of a service that is built: it is only the name of what is built, so the build
   * gets another name where this one cannot be had.
   */
  static @Nullable String readName(Field field, Reading reading) {
    String image = field.text("a reference to an image");
    List<String> missing = reading.log().gapsAt(field.location()).stream().distinct().toList();
    if (image == null || image.contains("${{") || (missing.isEmpty() && isReference(image))) {
      return image;
    }
    field.warn(
        missing.isEmpty() ? Category.NO_EFFECT : Category.MISSING_VARIABLE,
        missing.isEmpty()
            ? NO_REFERENCE.formatted(shorten(image))
            : "the name of the built image is not known without %s"
                .formatted(String.join(", ", missing)),
        "The image is built under another name.");
    return null;
  }

  /** Return what the plan shows in place of an image that lacks a variable: what is known of it. */
  private static String standIn(@Nullable String image) {
    String known = image == null ? "" : image.replaceAll("^[/:@]+|[/:@]+$", "");
    return isReference(known) ? known : NOT_KNOWN;
  }

  private static boolean isReference(String image) {
    return image.length() <= LONGEST && REFERENCE.matcher(image).matches();
  }

  private static String shorten(String image) {
    return image.length() <= 80 ? image : image.substring(0, 80) + "...";
  }
}
