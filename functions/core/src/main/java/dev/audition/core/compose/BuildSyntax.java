package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code build}. */
final class BuildSyntax {
  /** Keys that change what is built and that are not carried out. */
  private static final Set<String> CHANGES =
      Set.of("additional_contexts", "entitlements", "extra_hosts", "network", "secrets", "ssh");

  /** Keys that change only how it is built, or what the image says of itself. */
  private static final Set<String> LEAVES =
      Set.of(
          "cache_from",
          "cache_to",
          "isolation",
          "labels",
          "no_cache",
          "no_cache_filter",
          "platforms",
          "provenance",
          "pull",
          "sbom",
          "shm_size",
          "tags",
          "ulimits");

  private static final Set<String> KEPT =
      Set.of("context", "dockerfile", "dockerfile_inline", "args", "target", "privileged");
  private static final Set<String> KEYS = new TreeSet<>();

  static {
    KEYS.addAll(CHANGES);
    KEYS.addAll(LEAVES);
    KEYS.addAll(KEPT);
  }

  private final Reading reading;

  BuildSyntax(Reading reading) {
    this.reading = reading;
  }

  /** Read; null if it was refused. */
  @Nullable BuildConfig read(Field field) {
    if (!field.isMapping()) {
      String context = field.text("a folder, a URL, or a mapping with context");
      String resolved = context == null ? null : context(field, context);
      if (resolved == null) {
        return null;
      }
      usualDockerfile(field, resolved);
      return new BuildConfig(
          resolved, null, null, new LinkedHashMap<>(), null, field.keyLocation());
    }
    field.onlyKeys("key of a build", KEYS);
    noteUnused(field);
    Field contextField = field.find("context");
    String context =
        contextField == null || contextField.isNull()
            ? context(field, ".")
            : contextOf(contextField);
    String inline = text(field, "dockerfile_inline");
    if (context == null) {
      return null;
    }
    return new BuildConfig(
        context,
        dockerfile(field, context, inline != null),
        inline,
        arguments(field.find("args")),
        text(field, "target"),
        field.keyLocation());
  }

  private static void noteUnused(Field field) {
    for (Field key : field.entries("")) {
      if (CHANGES.contains(key.key())) {
        key.noEffect("builds here do without " + key.key(), "Build the image outside and name it.");
      } else if (LEAVES.contains(key.key())) {
        key.note(key.key() + " of a build is not taken over", "");
      } else if (key.key().equals("privileged") && Boolean.TRUE.equals(key.bool())) {
        key.refuse(
            Category.HOST_ACCESS, "a privileged build has the host's rights", "Remove privileged.");
      }
    }
  }

  private @Nullable String contextOf(Field field) {
    String text = field.text("a folder or a URL");
    return text == null ? null : context(field, text);
  }

  private @Nullable String context(Field field, String written) {
    if (isUrl(written)) {
      return written;
    }
    String context = reading.insideWorkspace(field, written.isEmpty() ? "." : written, "builds");
    if (context != null) {
      switch (reading.files().kind(context)) {
        case FOLDER -> {}
        case FILE ->
            field.invalid(
                "%s is a file; the compose specification wants a folder as build context"
                    .formatted(reading.files().display(context)),
                "Name the folder, and the file as dockerfile.");
        case ABSENT -> missing(field, context);
      }
    }
    return context;
  }

  private void missing(Field field, String path) {
    field.warn(
        Category.MISSING_FILE,
        "%s does not exist: the build will fail".formatted(reading.files().display(path)),
        "Check out or make what is to be built.");
  }

  private static boolean isUrl(String context) {
    return context.contains("://")
        || context.startsWith("git@")
        || context.startsWith("github.com/");
  }

  private @Nullable String dockerfile(Field build, String context, boolean inline) {
    Field field = build.find("dockerfile");
    String name = field == null || field.isNull() ? null : field.text("a path");
    if (field == null || name == null) {
      if (!inline) {
        usualDockerfile(build, context);
      }
      return name;
    }
    if (isUrl(context)) {
      return name;
    }
    if (inline) {
      field.invalid(
          "the compose specification takes dockerfile or dockerfile_inline, not both",
          "Remove one of them.");
    }
    String path = Paths.resolve(context, name);
    if (!Paths.inside(reading.request().workspaceRoot(), path)) {
      reading.refuseOutside(field, "this names the Dockerfile " + path, name);
      return null;
    }
    warnWithout(field, context, path);
    return Paths.inside(context, path) ? name : path;
  }

  private void usualDockerfile(Field field, String context) {
    if (!isUrl(context)) {
      warnWithout(field, context, Paths.resolve(context, "Dockerfile"));
    }
  }

  /** An absent context is told already. */
  private void warnWithout(Field field, String context, String dockerfile) {
    if (reading.files().kind(context) == SourceFiles.Kind.FOLDER
        && reading.files().kind(dockerfile) != SourceFiles.Kind.FILE) {
      missing(field, dockerfile);
    }
  }

  private SequencedMap<String, String> arguments(@Nullable Field field) {
    SequencedMap<String, String> arguments = new LinkedHashMap<>();
    if (field != null && !field.isNull()) {
      field
          .keyed()
          .forEach(
              (name, value) -> {
                String text =
                    value.isNull()
                        ? reading.variable(name, value.location()).orElse(null)
                        : value.printed("text, a number, true or false");
                if (text != null) {
                  arguments.put(name, text);
                }
              });
    }
    return arguments;
  }

  private static @Nullable String text(Field field, String key) {
    Field found = field.find(key);
    return found == null || found.isNull() ? null : found.text();
  }
}
