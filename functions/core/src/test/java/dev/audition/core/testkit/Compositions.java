package dev.audition.core.testkit;

import dev.audition.core.compose.AuditionSettings;
import dev.audition.core.compose.Composition;
import dev.audition.core.compose.Healthcheck;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Step;
import dev.audition.core.pipeline.StepOptions;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compositions, pipelines and what is around them, made by hand for tests. */
public final class Compositions {
  /** The workspace of every pipeline made here. */
  public static final Workspace WORKSPACE = new Workspace("/work/shop", "shop");

  private Compositions() {}

  /** Make a pipeline with one composition step. */
  public static Pipeline pipeline(SampleService... services) {
    return pipeline(step("integration", services));
  }

  /** Make a pipeline of steps. */
  public static Pipeline pipeline(Step... steps) {
    return new Pipeline("codefresh.yml", WORKSPACE, List.of(steps), List.of());
  }

  /** Make a composition step; its candidates are the services that are candidates. */
  public static Step.CompositionStep step(String name, SampleService... services) {
    return step(name, StepOptions.DEFAULT, AuditionSettings.NONE, services);
  }

  /** Make a composition step with options and settings. */
  public static Step.CompositionStep step(
      String name, StepOptions options, AuditionSettings settings, SampleService... services) {
    SequencedMap<String, ServiceConfig> configs = new LinkedHashMap<>();
    for (SampleService service : services) {
      configs.put(service.config().name(), service.config());
    }
    List<String> candidates =
        Stream.of(services)
            .filter(SampleService::isCandidate)
            .map(service -> service.config().name())
            .toList();
    return new Step.CompositionStep(
        name,
        SampleService.place(name),
        options,
        new Composition(configs, new LinkedHashMap<>(), settings),
        candidates);
  }

  /** Make an image configuration that says nothing but its command. */
  public static ImageConfig image(String... command) {
    return new ImageConfig(
        "sha256:0",
        List.of(),
        List.of(command),
        new LinkedHashMap<>(),
        "",
        "",
        List.of(),
        List.of(),
        null,
        "amd64",
        "");
  }

  /** Return a configuration with exposed ports. */
  public static ImageConfig exposing(ImageConfig image, Integer... ports) {
    return new ImageConfig(
        image.id(),
        image.entrypoint(),
        image.command(),
        image.environment(),
        image.user(),
        image.workingDir(),
        List.of(ports),
        image.volumes(),
        image.healthcheck(),
        image.architecture(),
        image.stopSignal());
  }

  /** Return a configuration with a health check. */
  public static ImageConfig checked(ImageConfig image, @Nullable Healthcheck healthcheck) {
    return new ImageConfig(
        image.id(),
        image.entrypoint(),
        image.command(),
        image.environment(),
        image.user(),
        image.workingDir(),
        image.exposedPorts(),
        image.volumes(),
        healthcheck,
        image.architecture(),
        image.stopSignal());
  }

  /** Return a configuration with a user, a working directory and declared volumes. */
  public static ImageConfig living(
      ImageConfig image, String user, String workingDir, String... volumes) {
    return new ImageConfig(
        image.id(),
        image.entrypoint(),
        image.command(),
        image.environment(),
        user,
        workingDir,
        image.exposedPorts(),
        List.of(volumes),
        image.healthcheck(),
        image.architecture(),
        image.stopSignal());
  }

  /** Return a configuration of another architecture. */
  public static ImageConfig built(ImageConfig image, String architecture) {
    return new ImageConfig(
        image.id(),
        image.entrypoint(),
        image.command(),
        image.environment(),
        image.user(),
        image.workingDir(),
        image.exposedPorts(),
        image.volumes(),
        image.healthcheck(),
        architecture,
        image.stopSignal());
  }

  /** Know some images. */
  public static ImageConfigs images(Map<String, ImageConfig> known) {
    return reference -> Optional.ofNullable(known.get(reference));
  }

  /** Say what is at paths; nothing is at any other. */
  public static SourceFiles files(Set<String> folders, Set<String> files) {
    return new SourceFiles() {
      @Override
      public Content read(String path) {
        return new Content.Missing();
      }

      @Override
      public Kind kind(String path) {
        return folders.contains(path)
            ? Kind.FOLDER
            : files.contains(path) ? Kind.FILE : Kind.ABSENT;
      }

      @Override
      public String display(String path) {
        return path;
      }
    };
  }
}
