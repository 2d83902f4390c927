package dev.audition.core.task;

import dev.audition.core.plan.PlannedMount;
import dev.audition.core.plan.PlannedVolume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/** The volumes of one task definition: those of the composition, and one per mounted path. */
final class LaptopVolumes {
  private final Map<String, String> names = new LinkedHashMap<>();
  private final SequencedMap<String, TaskVolume> volumes = new LinkedHashMap<>();
  private final Map<TaskVolume, String> mounted = new LinkedHashMap<>();

  LaptopVolumes(List<PlannedVolume> planned) {
    planned.forEach(volume -> names.put(volume.name(), addEmpty(volume.name())));
  }

  /** Return all volumes that were asked for. */
  List<TaskVolume> all() {
    return new ArrayList<>(volumes.values());
  }

  /** Return where a mount appears, and add the volume behind it. */
  MountPoint mountPoint(PlannedMount mount) {
    String volume =
        switch (mount) {
          case PlannedMount.VolumeMount named ->
              names.computeIfAbsent(named.volume(), this::addEmpty);
          case PlannedMount.FolderMount folder ->
              shared(
                  "folder", name -> new TaskVolume.Host(name, folder.source(), !folder.exists()));
          case PlannedMount.FileMount file ->
              shared("file", name -> new TaskVolume.Host(name, file.source(), false));
          case PlannedMount.TextMount text ->
              shared("text", name -> new TaskVolume.Text(name, text.text()));
        };
    return new MountPoint(volume, mount.target(), mount.readOnly());
  }

  private String addEmpty(String name) {
    String safe = unique(name.replaceAll("[^A-Za-z0-9_-]", "-"));
    volumes.put(safe, new TaskVolume.Empty(safe));
    return safe;
  }

  // The same path in two containers is one volume.
  private String shared(String kind, Function<String, TaskVolume> make) {
    TaskVolume nameless = make.apply("");
    String known = mounted.get(nameless);
    if (known != null) {
      return known;
    }
    String name = unique("audition-" + kind + "-" + (mounted.size() + 1));
    volumes.put(name, make.apply(name));
    mounted.put(nameless, name);
    return name;
  }

  private String unique(String base) {
    String name = base;
    for (int i = 2; volumes.containsKey(name); i++) {
      name = base + "-" + i;
    }
    return name;
  }
}
