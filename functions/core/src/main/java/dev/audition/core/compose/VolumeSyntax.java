package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code volumes} of a service, short and long form. */
final class VolumeSyntax {
  private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:(\\\\|/[^:]*:/).*|\\\\\\\\.*");
  static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]*");
  private static final Set<String> LONG_KEYS =
      Set.of(
          "type",
          "source",
          "target",
          "read_only",
          "consistency",
          "bind",
          "volume",
          "tmpfs",
          "image");
  private static final Set<String> TYPES =
      Set.of("bind", "volume", "tmpfs", "cluster", "npipe", "image");

  /** Options that say how the host does it, not what the container sees. */
  private static final Set<String> HARMLESS =
      Set.of(
          "rw",
          "z",
          "Z",
          "nocopy",
          "cached",
          "delegated",
          "consistent",
          "rshared",
          "rslave",
          "rprivate",
          "shared",
          "slave",
          "private");

  private final Reading reading;
  private boolean sharedMemory;

  VolumeSyntax(Reading reading) {
    this.reading = reading;
  }

  /** Read all; of several at one target the last one holds. */
  List<VolumeMount> read(Field field) {
    Map<String, VolumeMount> byTarget = new LinkedHashMap<>();
    for (Field item : field.items("a list of volumes")) {
      VolumeMount mount = item.isMapping() ? longForm(item) : shortForm(item);
      if (mount != null) {
        byTarget.put(mount.target(), mount);
      }
    }
    return new ArrayList<>(byTarget.values());
  }

  /** Return whether what was read asks for more shared memory than containers have. */
  boolean asksForSharedMemory() {
    return sharedMemory;
  }

  private @Nullable VolumeMount shortForm(Field item) {
    String text = item.text("a volume");
    if (text == null) {
      return null;
    }
    List<String> parts = List.of(text.split(":", -1));
    if (WINDOWS.matcher(text).matches()) {
      item.invalid(
          "\"%s\" is a Windows path; containers here run on Linux".formatted(text),
          "Write a path relative to the compose file.");
      return null;
    }
    if (parts.size() > 3 || parts.contains("")) {
      reading.invalid(
          item,
          "\"%s\" is not a volume (expected: [source:]target[:ro|rw])".formatted(text),
          "Check the colons.");
      return null;
    }
    String target = parts.size() == 1 ? parts.getFirst() : parts.get(1);
    boolean readOnly = parts.size() == 3 && readOnly(item, parts.get(2));
    if (parts.size() == 1) {
      return mount(item, VolumeMount.Type.VOLUME, "", target, readOnly);
    }
    String source = parts.getFirst();
    boolean path = source.startsWith(".") || source.startsWith("/") || source.startsWith("~");
    return path
        ? bind(item, source, target, readOnly, true)
        : named(item, source, target, readOnly);
  }

  private boolean readOnly(Field item, String options) {
    boolean readOnly = false;
    for (String option : options.split(",", -1)) {
      if (option.equals("ro") || option.equals("readonly")) {
        readOnly = true;
      } else if (!HARMLESS.contains(option)) {
        item.noEffect(
            "the volume option \"%s\" is not known here".formatted(option),
            "Known ones: ro, rw, z, Z, nocopy, cached, delegated, consistent.");
      }
    }
    return readOnly;
  }

  private @Nullable VolumeMount longForm(Field item) {
    item.onlyKeys("key of a volume", LONG_KEYS);
    String type = text(item, "type");
    String target = text(item, "target");
    String source = text(item, "source");
    Field readOnlyField = item.find("read_only");
    boolean readOnly = readOnlyField != null && Boolean.TRUE.equals(readOnlyField.bool());
    if (type == null || target == null) {
      item.invalid("a volume in the long form needs type and target", "");
      return null;
    }
    switch (type) {
      case "bind" -> {
        return source == null
            ? needsSource(item)
            : bind(item, source, target, readOnly, create(item));
      }
      case "volume" -> {
        noSubpath(item);
        return source == null || source.isEmpty()
            ? mount(item, VolumeMount.Type.VOLUME, "", target, readOnly)
            : named(item, source, target, readOnly);
      }
      case "tmpfs" -> {
        Field tmpfs = item.find("tmpfs");
        if (tmpfs != null && (tmpfs.find("size") != null || tmpfs.find("mode") != null)) {
          tmpfs.noEffect("size and mode of a tmpfs volume are not set", "Use the key tmpfs.");
        }
        return mount(item, VolumeMount.Type.TMPFS, "", target, readOnly);
      }
      default -> refuseType(item, type);
    }
    return null;
  }

  private static void refuseType(Field item, String type) {
    switch (type) {
      case "npipe" ->
          item.refuse(Category.HOST_ACCESS, "a named pipe belongs to the host", "Remove it.");
      case "cluster" ->
          item.refuse(
              Category.EXTERNAL_RESOURCE,
              "a cluster volume is made by somebody else",
              "Use a volume of the composition.");
      case "image" ->
          item.refuse(
              Category.UNSUPPORTED,
              "the files of an image cannot be mounted",
              "Copy them in the service's command, or build an image that has them.");
      default ->
          item.invalid(
              "\"%s\" is not a type of volume".formatted(type), Nearest.remedy(type, TYPES));
    }
  }

  private static @Nullable VolumeMount needsSource(Field item) {
    item.invalid("a bind mount needs a source", "Name the folder or file as source.");
    return null;
  }

  private static void noSubpath(Field item) {
    Field volume = item.find("volume");
    Field subpath = volume == null ? null : volume.find("subpath");
    if (subpath != null) {
      subpath.noEffect("the whole volume is mounted, not a part of it", "");
    }
  }

  private static boolean create(Field item) {
    Field bind = item.find("bind");
    Field create = bind == null ? null : bind.find("create_host_path");
    return create == null || !Boolean.FALSE.equals(create.bool());
  }

  private static @Nullable String text(Field item, String key) {
    Field field = item.find(key);
    return field == null ? null : field.text();
  }

  private @Nullable VolumeMount named(Field item, String name, String target, boolean readOnly) {
    int slash = name.indexOf('/');
    boolean given =
        slash > 0 && reading.request().givenVolumes().contains(name.substring(0, slash));
    if (!given && !NAME.matcher(name).matches()) {
      item.invalid(
          "\"%s\" is neither the name of a volume nor a path".formatted(name),
          "A relative path begins with a dot: \"./%s\".".formatted(name));
      return null;
    }
    return mount(item, VolumeMount.Type.VOLUME, name, target, readOnly);
  }

  private @Nullable VolumeMount bind(
      Field item, String written, String target, boolean readOnly, boolean create) {
    if (create && written.startsWith("..") && nothingOutside(item, written)) {
      // Docker would make the folder there; an empty volume is the same to the container.
      item.warn(
          Category.MISSING_FILE,
          "\"%s\" does not exist: an empty folder is mounted".formatted(written),
          "Make the folder or file if the container needs what is in it.");
      return mount(item, VolumeMount.Type.VOLUME, "", target, readOnly);
    }
    String path = reading.resolve(written, item.location());
    if (HostMounts.isLeftOut(item, path, Paths.normalise(target))) {
      sharedMemory |= path.equals(HostMounts.SHARED_MEMORY);
      return null;
    }
    String source = reading.insideWorkspace(item, written, "mounts");
    if (source == null) {
      return null;
    }
    if (reading.files().kind(source) == SourceFiles.Kind.ABSENT) {
      String shown = reading.files().display(source);
      if (!create) {
        item.refuse(
            Category.MISSING_FILE,
            "%s does not exist and create_host_path forbids to make it".formatted(shown),
            "Make the folder or file.");
        return null;
      }
      item.warn(
          Category.MISSING_FILE,
          "%s does not exist: an empty folder is mounted".formatted(shown),
          "Make the folder or file if the container needs what is in it.");
    }
    return mount(item, VolumeMount.Type.BIND, source, target, readOnly);
  }

  private boolean nothingOutside(Field item, String written) {
    String path = reading.resolve(written, item.location());
    return !Paths.inside(reading.request().workspaceRoot(), path)
        && reading.files().kind(path) == SourceFiles.Kind.ABSENT;
  }

  private @Nullable VolumeMount mount(
      Field item, VolumeMount.Type type, String source, String target, boolean readOnly) {
    if (!target.startsWith("/") || Paths.normalise(target).equals("/")) {
      item.invalid(
          "\"%s\" is not a target of a volume (expected: an absolute path below /)"
              .formatted(target),
          "");
      return null;
    }
    return new VolumeMount(type, source, Paths.normalise(target), readOnly, item.location());
  }
}
