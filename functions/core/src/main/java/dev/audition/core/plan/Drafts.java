package dev.audition.core.plan;

import dev.audition.core.compose.BuildConfig;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.image.WellKnownImages;
import dev.audition.core.pipeline.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Settles the image of each service, and which images are built.
 *
 * <p>A service with neither is refused where compositions are read; here its image is empty.
 */
final class Drafts {
  private final ImageConfigs images;
  private final String buildPrefix;
  private final Findings findings;
  private final List<ImageBuild> builds = new ArrayList<>();

  Drafts(ImageConfigs images, String buildPrefix, Findings findings) {
    this.images = images;
    this.buildPrefix = buildPrefix;
    this.findings = findings;
  }

  /** Make a draft of each service that is started at all, in the composition's order. */
  List<Draft> of(Step.CompositionStep step) {
    List<Draft> drafts = new ArrayList<>();
    for (ServiceConfig service : step.composition().services().values()) {
      boolean candidate = step.candidates().contains(service.name());
      if (service.get(ServiceKey.SCALE, 1) == 0 && !candidate) {
        findings
            .diagnostics()
            .warn(
                Category.NO_EFFECT,
                service.locationOf(ServiceKey.SCALE),
                "services." + service.name() + ".scale",
                "a service with no containers is left out",
                "");
      } else {
        if (service.get(ServiceKey.SCALE, 1) == 0) {
          findings
              .diagnostics()
              .refuse(
                  Category.INVALID,
                  service.locationOf(ServiceKey.SCALE),
                  "services." + service.name() + ".scale",
                  service.name() + " decides, but has no containers, so nothing could decide",
                  "Leave scale or deploy.replicas out, or let another service decide.");
        }
        drafts.add(draft(service, candidate));
      }
    }
    return drafts;
  }

  /** Return the images to build, in the order of their services. */
  List<ImageBuild> builds() {
    return builds;
  }

  private Draft draft(ServiceConfig service, boolean candidate) {
    BuildConfig build = service.find(ServiceKey.BUILD).orElse(null);
    if (build == null) {
      String image = service.get(ServiceKey.IMAGE, "");
      return new Draft(
          service,
          candidate,
          image,
          null,
          images.find(image).orElse(null),
          WellKnownImages.find(image).orElse(null));
    }
    String image = service.get(ServiceKey.IMAGE, builtName(service.name()));
    return new Draft(
        service,
        candidate,
        image,
        buildName(service.name(), image, build),
        images.find(image).orElse(null),
        null);
  }

  // Services that share one build and one image are built once.
  private String buildName(String service, String image, BuildConfig build) {
    for (ImageBuild other : builds) {
      if (other.image().equals(image) && same(other.build(), build)) {
        return other.name();
      }
    }
    builds.add(new ImageBuild(service, image, build));
    return service;
  }

  private static boolean same(BuildConfig one, BuildConfig other) {
    return one.equals(
        new BuildConfig(
            other.context(),
            other.dockerfile(),
            other.dockerfileInline(),
            other.arguments(),
            other.target(),
            one.location()));
  }

  private String builtName(String service) {
    String name = (buildPrefix + "-" + service).toLowerCase(Locale.ROOT);
    // Docker's grammar for a path component: single separators between letters and digits.
    String component = name.replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return "audition.local/build/" + (component.isEmpty() ? "image" : component) + ":latest";
  }
}
