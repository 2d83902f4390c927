package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code secrets} and {@code configs} of a service.
 *
 * @param definitions the top-level section of the same name; null if there is none
 * @param what {@code secret} or {@code config}
 * @param folder where files without an absolute target are mounted, with a slash at the end
 */
record FileMountSyntax(Reading reading, @Nullable Field definitions, String what, String folder) {
  private static final Set<String> KEYS = Set.of("source", "target", "uid", "gid", "mode");

  /** Read all. */
  List<FileMount> read(Field field) {
    List<FileMount> mounts = new ArrayList<>();
    for (Field item : field.items("a list of %ss".formatted(what))) {
      FileMount mount = item.isMapping() ? longForm(item) : shortForm(item);
      if (mount != null) {
        mounts.add(mount);
      }
    }
    return mounts;
  }

  private @Nullable FileMount shortForm(Field item) {
    String name = item.text("the name of a " + what);
    return name == null ? null : mount(item, name, folder + name);
  }

  private @Nullable FileMount longForm(Field item) {
    item.onlyKeys("key of a service's " + what, KEYS);
    Field source = item.find("source");
    String name = source == null ? null : source.text();
    if (name == null) {
      item.invalid("a %s in the long form needs source".formatted(what), "");
      return null;
    }
    for (String key : List.of("uid", "gid", "mode")) {
      Field owner = item.find(key);
      if (owner != null) {
        owner.noEffect("owner and mode of a mounted file stay as they are", "");
      }
    }
    Field target = item.find("target");
    String path = target == null || target.isNull() ? name : target.text();
    return path == null
        ? null
        : mount(item, name, path.startsWith("/") ? Paths.normalise(path) : folder + path);
  }

  private @Nullable FileMount mount(Field item, String name, String target) {
    Field definition = definitions == null ? null : definitions.find(name);
    if (definition == null) {
      item.invalid(
          "the compose specification wants every %s declared, and \"%s\" is not"
              .formatted(what, name),
          Nearest.remedy(name, definitions == null ? List.of() : definitions.keys()));
      return null;
    }
    Field external = definition.find("external");
    if (external != null && (external.isMapping() || Boolean.TRUE.equals(external.bool()))) {
      definition.refuse(
          Category.EXTERNAL_RESOURCE,
          "the %s \"%s\" is external: somebody else is to have made it".formatted(what, name),
          "Declare it with file or environment.");
      return null;
    }
    return content(item, definition, name, target);
  }

  private @Nullable FileMount content(Field item, Field definition, String name, String target) {
    Field file = definition.find("file");
    Field content = definition.find("content");
    Field environment = definition.find("environment");
    if (file != null) {
      String path = file(file);
      return path == null ? null : new FileMount(name, path, "", target, item.location());
    }
    String text = null;
    if (content != null) {
      text = content.text();
    } else if (environment != null) {
      text = fromVariable(environment);
    } else {
      definition.invalid(
          "the compose specification wants file, environment%s here"
              .formatted(what.equals("config") ? " or content" : ""),
          "");
    }
    return text == null ? null : new FileMount(name, "", text, target, item.location());
  }

  private @Nullable String file(Field file) {
    String written = file.text("a path");
    String path = written == null ? null : reading.insideWorkspace(file, written, "mounts");
    if (path != null && reading.files().kind(path) == SourceFiles.Kind.ABSENT) {
      file.warn(
          Category.MISSING_FILE,
          "%s does not exist: an empty folder is mounted".formatted(reading.files().display(path)),
          "Make the file if the container needs what is in it.");
    }
    return path;
  }

  private @Nullable String fromVariable(Field environment) {
    String name = environment.text("the name of a variable");
    if (name == null) {
      return null;
    }
    String value = reading.variable(name, environment.location()).orElse(null);
    if (value == null) {
      environment.refuse(
          Category.MISSING_VARIABLE,
          "the variable %s, which holds this %s, is not set".formatted(name, what),
          "Set it with --var %s=VALUE.".formatted(name));
    }
    return value;
  }
}
