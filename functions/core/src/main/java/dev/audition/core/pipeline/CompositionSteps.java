package dev.audition.core.pipeline;

import dev.audition.core.compose.ComposeReader;
import dev.audition.core.compose.ComposeRequest;
import dev.audition.core.compose.ComposeResult;
import dev.audition.core.compose.Composition;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Variables;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads steps of type composition. */
final class CompositionSteps {
  private static final String OWN_VARIABLES = "composition_variables";
  private static final Set<String> TRUE = Set.of("true", "yes", "on");

  private final Reading reading;
  private final StepFolders folders;

  CompositionSteps(Reading reading) {
    this.reading = reading;
    this.folders = new StepFolders(reading);
  }

  /** Read one; empty if it was refused. */
  Optional<Step> read(StepNode step, StepOptions options, Substitution substitution) {
    new StepKeys(reading).check(step);
    String directory = folders.outside(step, substitution);
    CompositionSource source = new CompositionSource(reading, substitution);
    Optional<CompositionSource.Document> document = document(step, directory, source);
    Optional<Mapping> candidates = candidates(step, source);
    Variables variables = variables(step, reading, substitution);
    if (document.isEmpty() || candidates.isEmpty()) {
      return Optional.empty();
    }
    ComposeRequest request =
        ComposeRequest.ofPipeline(
                document.get().root(),
                candidates.get(),
                directory,
                reading.workspace().root(),
                variables)
            .withSelected(candidates.get().keys())
            .withGivenVolumes(List.of(Workspace.VOLUME_NAME))
            .withFolders(Map.of(folders.cloneFolder(), reading.workspace().root()));
    ComposeResult result = ComposeReader.read(request, reading.files());
    new ComposeFindings(reading).tell(result, step, "composition", document.get().inFile());
    Composition read = result.composition();
    if (read == null) {
      return Optional.empty();
    }
    tellHooks(read, step);
    Composition composition =
        addsFlowVolume(step, substitution)
            ? withFlowVolume(read, candidates.get().keys(), step)
            : read;
    return Optional.of(
        new Step.CompositionStep(
            step.name(),
            step.location(),
            ComposeFindings.timed(options, composition),
            composition,
            candidates.get().keys()));
  }

  private void tellHooks(Composition read, StepNode step) {
    Entry hooks = read.settings().hooks();
    if (hooks != null) {
      reading
          .diagnostics()
          .warn(
              Category.NO_EFFECT,
              hooks.keyLocation(),
              step.path("composition.x-audition.hooks"),
              "counts only where the file is run by itself, not below a step",
              "Write hooks at the step.");
    }
  }

  /** Return what {@code $NAME} is looked up in: the step's own variables, then those given. */
  static Variables variables(StepNode step, Reading reading, Substitution substitution) {
    List<Variables.Source> sources = new ArrayList<>();
    sources.add(
        new Variables.Source(
            OWN_VARIABLES, new KeyValues(reading, substitution).read(step, OWN_VARIABLES)));
    sources.addAll(reading.request().givenVariables().sources());
    return new Variables(sources);
  }

  private Optional<CompositionSource.Document> document(
      StepNode step, String directory, CompositionSource source) {
    Entry entry = step.entry("composition").orElse(null);
    String path = step.path("composition");
    if (entry == null) {
      reading.invalid(
          step.locationOf("composition"),
          path,
          "a composition step needs its services",
          "Write a compose document under composition, or the path of one.");
      return Optional.empty();
    }
    Optional<CompositionSource.Document> document = source.read(entry.value(), directory, path);
    if (document.isPresent() && !CompositionSource.hasServices(document.get().root())) {
      reading.invalid(
          entry.keyLocation(),
          path,
          "a composition has at least one service beside its candidates",
          "Add one under services, or write a freestyle step.");
      return Optional.empty();
    }
    return document;
  }

  private Optional<Mapping> candidates(StepNode step, CompositionSource source) {
    String path = step.path("composition_candidates");
    TreeNode node = step.find("composition_candidates").orElse(null);
    SourceLocation location = step.locationOf("composition_candidates");
    if (node instanceof Mapping mapping && !mapping.entries().isEmpty()) {
      Mapping services = source.services(mapping, path);
      List<Entry> checked = new ArrayList<>();
      for (Entry candidate : services.entries()) {
        candidate(candidate, path).ifPresent(checked::add);
      }
      return checked.size() < services.entries().size()
          ? Optional.empty()
          : Optional.of(new Mapping(checked, services.tag(), services.location()));
    }
    reading.invalid(
        location,
        path,
        (node == null || node instanceof Mapping ? "" : "is " + node.kind() + ": ")
            + "a composition step needs at least one candidate, whose exit code decides",
        "Write \"NAME: {image: ..., command: ...}\" under composition_candidates.");
    return Optional.empty();
  }

  private Optional<Entry> candidate(Entry candidate, String parent) {
    String path = parent + "." + candidate.key();
    if (!(candidate.value() instanceof Mapping keys)) {
      reading.invalid(
          candidate.keyLocation(),
          path,
          "is %s (expected: a mapping of compose keys)".formatted(candidate.value().kind()),
          "");
      return Optional.empty();
    }
    boolean commands =
        misplaced(keys, "commands", path, "Write one command: sh -c \"first && second\".");
    boolean folder = misplaced(keys, "working_directory", path, "Write working_dir.");
    return commands || folder ? Optional.empty() : Optional.of(candidate);
  }

  private boolean misplaced(Mapping keys, String key, String path, String remedy) {
    Optional<Entry> entry = keys.entry(key);
    entry.ifPresent(
        found ->
            reading.invalid(
                found.keyLocation(),
                path + "." + key,
                "is a key of freestyle steps, not of compose, which a candidate is written in",
                remedy));
    return entry.isPresent();
  }

  private boolean addsFlowVolume(StepNode step, Substitution substitution) {
    String key = "add_flow_volume_to_composition";
    return step.find(key).orElse(null) instanceof Scalar scalar
        && TRUE.contains(
            substitution.text(
                scalar.text(), scalar.location(), step.path(key), Substitution.Use.TEXT));
  }

  /** Mount the pipeline's volume in each candidate that does not mount it. */
  private static Composition withFlowVolume(
      Composition composition, List<String> candidates, StepNode step) {
    SequencedMap<String, ServiceConfig> services = new LinkedHashMap<>(composition.services());
    SourceLocation where = step.locationOf("add_flow_volume_to_composition");
    for (String name : candidates) {
      services.computeIfPresent(name, (_, service) -> withFlowVolume(service, where));
    }
    return new Composition(services, composition.volumes(), composition.settings());
  }

  private static ServiceConfig withFlowVolume(ServiceConfig service, SourceLocation where) {
    List<VolumeMount> mounts = new ArrayList<>(service.get(ServiceKey.VOLUMES, List.of()));
    boolean there =
        mounts.stream()
            .anyMatch(
                mount ->
                    mount.source().equals(Workspace.VOLUME_NAME)
                        || mount.target().equals(Workspace.VOLUME_PATH));
    if (there) {
      return service;
    }
    mounts.add(flowVolume(where));
    return service.with(ServiceKey.VOLUMES, mounts, where);
  }

  /** Return the mount of the pipeline's volume where freestyle steps have it. */
  static VolumeMount flowVolume(SourceLocation where) {
    return new VolumeMount(
        VolumeMount.Type.VOLUME, Workspace.VOLUME_NAME, Workspace.VOLUME_PATH, false, where);
  }
}
