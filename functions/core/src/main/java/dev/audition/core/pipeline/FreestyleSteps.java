package dev.audition.core.pipeline;

import dev.audition.core.compose.ComposeReader;
import dev.audition.core.compose.ComposeRequest;
import dev.audition.core.compose.ComposeResult;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads freestyle steps: a candidate alone, or beside the services of the step. */
final class FreestyleSteps {
  private final Reading reading;
  private final StepFolders folders;

  FreestyleSteps(Reading reading) {
    this.reading = reading;
    this.folders = new StepFolders(reading);
  }

  /**
   * Say why a step's form cannot be run yet; empty if it can.
   *
   * <p>Services of the whole pipeline, readiness and setup need containers that outlive a step or
   * run between others.
   */
  static Optional<String> objection(StepNode step) {
    for (String key : List.of("matrix", "scale")) {
      if (step.has(key)) {
        return Optional.of(key + " makes several steps of one, which is not done yet");
      }
    }
    if (!step.type().equals(StepNode.FREESTYLE)) {
      return Optional.empty();
    }
    TreeNode services = step.find("services").orElse(null);
    if (services instanceof Sequence) {
      return Optional.of("uses services of the whole pipeline, which are not started yet");
    }
    if (services instanceof Mapping mapping) {
      for (String key : List.of("readiness", "setup")) {
        if (mapping.find(key).isPresent()) {
          return Optional.of("services.%s is not run yet".formatted(key));
        }
      }
    }
    return Optional.empty();
  }

  /** Read one; empty if it was refused. */
  Optional<Step> read(StepNode step, StepOptions options, Substitution substitution) {
    new StepKeys(reading).check(step);
    Optional<CompositionSource.Document> document = services(step, substitution);
    Optional<FreestyleContainer> container =
        new FreestyleContainers(reading, folders).read(step, substitution);
    if (document.isEmpty() || container.isEmpty()) {
      return Optional.empty();
    }
    Mapping services =
        document.get().root().find("services").orElse(null) instanceof Mapping mapping
            ? mapping
            : new Mapping(List.of(), null, step.location());
    String name = serviceName(step.name(), services.keys());
    Entry candidate = new Entry(name, step.location(), container.get().asService());
    Mapping root =
        document
            .get()
            .root()
            .with(new Entry("services", services.location(), services.with(candidate)));
    ComposeRequest request =
        ComposeRequest.ofPipeline(
                root,
                null,
                folders.outsideOrRoot(step, substitution),
                reading.workspace().root(),
                variables(step, substitution))
            .withSelected(List.of(name))
            .withGivenVolumes(List.of(Workspace.VOLUME_NAME))
            .withFolders(Map.of(folders.cloneFolder(), reading.workspace().root()));
    ComposeResult result = ComposeReader.read(request, reading.files());
    new ComposeFindings(reading).tell(result, step, "", document.get().inFile());
    return Optional.ofNullable(result.composition())
        .map(
            composition ->
                new Step.CompositionStep(
                    step.name(),
                    step.location(),
                    ComposeFindings.timed(options, composition),
                    composition,
                    List.of(name)));
  }

  private Optional<CompositionSource.Document> services(StepNode step, Substitution substitution) {
    String path = step.path("services");
    TreeNode node = step.find("services").orElse(null);
    if (node == null) {
      return Optional.of(
          new CompositionSource.Document(new Mapping(List.of(), null, step.location()), false));
    }
    TreeNode composition =
        node instanceof Mapping mapping ? mapping.find("composition").orElse(null) : null;
    if (composition == null) {
      reading.invalid(
          step.locationOf("services"),
          path,
          "a step's services need a composition",
          "Write the services under services.composition, or the path of a compose file.");
      return Optional.empty();
    }
    return new CompositionSource(reading, substitution)
        .read(
            wrapped(composition), folders.outsideOrRoot(step, substitution), path + ".composition");
  }

  /** In a step's services the mapping has no {@code services} around it. */
  private static TreeNode wrapped(TreeNode composition) {
    if (!(composition instanceof Mapping services)
        || services.find("services").orElse(null) instanceof Mapping) {
      return composition;
    }
    return new Mapping(
        List.of(new Entry("services", services.location(), services)), null, services.location());
  }

  private Variables variables(StepNode step, Substitution substitution) {
    if (!(step.find("services").orElse(null) instanceof Mapping services)) {
      return reading.request().givenVariables();
    }
    StepNode inner =
        new StepNode(step.name(), step.location(), step.type(), services, step.parent());
    return CompositionSteps.variables(inner, reading, substitution);
  }

  /** Return a name that compose takes, near to the step's and not taken by a service. */
  static String serviceName(String step, List<String> taken) {
    String plain = step.replaceAll("[^a-zA-Z0-9._-]+", "-").replaceAll("^[^a-zA-Z0-9]+", "");
    String start = plain.isEmpty() ? "step" : plain;
    String name = start;
    for (int number = 2; taken.contains(name); number++) {
      name = start + "-" + number;
    }
    return name;
  }
}
