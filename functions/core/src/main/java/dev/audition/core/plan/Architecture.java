package dev.audition.core.plan;

import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfig;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Settles the architecture of a task: it has one. */
final class Architecture {
  private static final String USUAL = "amd64";

  /** What platforms call the two architectures that Fargate has. */
  private static final Map<String, String> NAMES =
      Map.of(
          "amd64", "amd64",
          "x86_64", "amd64",
          "x86-64", "amd64",
          "arm64", "arm64",
          "aarch64", "arm64");

  private Architecture() {}

  /** Return what the services ask for, else what their known images agree on, else amd64. */
  static String of(List<Draft> drafts, Findings findings) {
    Draft decisive = null;
    String architecture = "";
    for (Draft draft : drafts) {
      String asked = asked(draft, findings);
      if (asked.isEmpty()) {
        continue;
      }
      if (decisive == null) {
        decisive = draft;
        architecture = asked;
      } else if (!asked.equals(architecture)) {
        clash(decisive, architecture, draft, asked, findings);
      }
    }
    return decisive == null ? ofImages(drafts) : architecture;
  }

  private static String asked(Draft draft, Findings findings) {
    String platform = draft.service().get(ServiceKey.PLATFORM, "");
    if (platform.isEmpty()) {
      return "";
    }
    String[] parts = platform.split("/");
    String name = parts.length > 1 && parts[0].equals("linux") ? parts[1] : platform;
    Optional<String> known = Optional.ofNullable(NAMES.get(name));
    if (known.isEmpty()) {
      findings
          .diagnostics()
          .refuse(
              Category.UNSUPPORTED,
              draft.service().locationOf(ServiceKey.PLATFORM),
              draft.path(ServiceKey.PLATFORM),
              "\"%s\" is no platform of Fargate (expected: linux/amd64 or linux/arm64)"
                  .formatted(platform),
              "Use an image for one of the two");
    }
    return known.orElse("");
  }

  private static void clash(
      Draft first, String architecture, Draft other, String asked, Findings findings) {
    findings
        .diagnostics()
        .refuse(
            Category.CLASH,
            other.service().locationOf(ServiceKey.PLATFORM),
            other.path(ServiceKey.PLATFORM),
            "%s asks for %s and %s (%s) for %s; the containers of a composition share one architecture"
                .formatted(
                    other.name(),
                    asked,
                    first.name(),
                    first.service().locationOf(ServiceKey.PLATFORM),
                    architecture),
            "Give both the same platform");
  }

  private static String ofImages(List<Draft> drafts) {
    List<String> known =
        drafts.stream()
            .map(Draft::config)
            .filter(Objects::nonNull)
            .map(ImageConfig::architecture)
            .map(name -> NAMES.getOrDefault(name, USUAL))
            .distinct()
            .toList();
    return known.size() == 1 ? known.getFirst() : USUAL;
  }
}
