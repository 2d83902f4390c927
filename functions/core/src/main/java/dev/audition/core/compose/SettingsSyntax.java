package dev.audition.core.compose;

import dev.audition.core.compose.AuditionSettings.Artifact;
import dev.audition.core.diagnostic.Located;
import dev.audition.core.tree.TreeNode.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code x-audition}: settings of ours. */
final class SettingsSyntax {
  private static final List<String> KEYS = List.of("candidates", "timeout", "hooks", "artifacts");

  private final Reading reading;

  SettingsSyntax(Reading reading) {
    this.reading = reading;
  }

  /**
   * Read it.
   *
   * @param settings null if the document has none
   */
  AuditionSettings read(@Nullable Field settings) {
    if (settings == null || settings.isNull()) {
      return AuditionSettings.NONE;
    }
    if (!settings.isMapping()) {
      settings.invalid(
          "x-audition is %s (expected: a mapping with candidates, timeout, hooks and artifacts)"
              .formatted(settings.node().kind()),
          "");
      return AuditionSettings.NONE;
    }
    for (Field key : settings.entries("")) {
      if (!Set.copyOf(KEYS).contains(key.key())) {
        key.invalidKey(
            "x-audition has no key \"%s\"".formatted(key.key()), Nearest.remedy(key.key(), KEYS));
      }
    }
    Field timeout = settings.find("timeout");
    Duration duration = timeout == null || timeout.isNull() ? null : timeout.duration();
    Field hooks = settings.find("hooks");
    return new AuditionSettings(
        candidates(settings.find("candidates")),
        duration,
        hooks == null || hooks.isNull()
            ? null
            : new Entry("hooks", hooks.keyLocation(), hooks.node()),
        artifacts(settings.find("artifacts")));
  }

  private static List<Located<String>> candidates(@Nullable Field field) {
    List<Located<String>> candidates = new ArrayList<>();
    if (field != null) {
      for (Field item : field.itemsOrOne("a service or a list of services")) {
        String name = item.text("the name of a service");
        if (name != null) {
          candidates.add(new Located<>(name, item.location()));
        }
      }
    }
    return candidates;
  }

  private List<Artifact> artifacts(@Nullable Field field) {
    List<Artifact> artifacts = new ArrayList<>();
    if (field != null) {
      for (Field item : field.itemsOrOne("a path or a list of paths")) {
        String written = item.text("a path of the workspace, or a volume and a path in it");
        Artifact artifact = written == null ? null : artifact(item, written);
        if (artifact != null) {
          artifacts.add(artifact);
        }
      }
    }
    return artifacts;
  }

  private @Nullable Artifact artifact(Field item, String written) {
    if (written.startsWith(".") || written.startsWith("/") || written.startsWith("~")) {
      return new Artifact(written, "", reading.resolve(written, item.location()), item.location());
    }
    int slash = written.indexOf('/');
    String volume = slash < 0 ? written : written.substring(0, slash);
    if (!VolumeSyntax.NAME.matcher(volume).matches()) {
      item.invalid(
          "\"%s\" is neither a path nor a volume and a path in it".formatted(written),
          "Write it like the left side of an entry of volumes: \"./reports\", \"data/reports\".");
      return null;
    }
    String path = Paths.normalise(slash < 0 ? "/" : written.substring(slash));
    return new Artifact(written, volume, path, item.location());
  }
}
