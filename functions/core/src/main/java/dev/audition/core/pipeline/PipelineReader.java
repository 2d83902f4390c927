package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.hook.Hooks;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a pipeline: its root, then the steps that are wanted of it. */
final class PipelineReader {
  private final Reading reading;

  PipelineReader(Reading reading) {
    this.reading = reading;
  }

  /** Read a root; empty if it has no steps. */
  Optional<Pipeline> read(Mapping root) {
    StepReferences none = new StepReferences(reading, List.of(), List.of());
    Substitution substitution = new Substitution(reading, none, "");
    PipelineRoot checked = new PipelineRoot(reading, root);
    checked.check();
    checkCandidates();
    TreeNode steps = root.find("steps").orElse(null);
    if (!(steps instanceof Mapping mapping)) {
      reading.invalid(
          steps == null ? root.location() : steps.location(),
          "steps",
          steps == null || steps.isNull()
              ? "a pipeline has steps"
              : "is %s (expected: a mapping of name to step)".formatted(steps.kind()),
          "Write \"NAME: {type: composition, ...}\" under steps.");
      return Optional.empty();
    }
    List<StepNode> nodes = new StepNodes(reading, substitution).read(mapping);
    checked.checkStages(nodes, substitution);
    StepSelection selection = StepSelection.of(reading, nodes);
    StepReferences references = new StepReferences(reading, nodes, selection.built());
    checked.readHooks(substitution);
    List<Step> read = steps(root, substitution, selection, nodes, references);
    reading.tellGathered();
    Hooks hooks = reading.hooks().numbered(read.stream().map(Step::name).toList());
    return Optional.of(
        new Pipeline(reading.file(), reading.workspace(), read, reading.uses(), hooks));
  }

  private void checkCandidates() {
    List<String> asked = reading.request().candidates();
    if (!asked.isEmpty()) {
      reading
          .diagnostics()
          .refuse(
              Category.INVALID,
              null,
              "",
              "--candidate %s: in a pipeline each step says who decides"
                  .formatted(String.join(", ", asked)),
              "Leave it out, and name the service under the step's composition_candidates.");
    }
  }

  /** Read the selected steps and, for one asked for by name, the builds that its images need. */
  private List<Step> steps(
      Mapping root,
      Substitution substitution,
      StepSelection selection,
      List<StepNode> nodes,
      StepReferences references) {
    StepOptionsReader options = new StepOptionsReader(reading, substitution, root);
    StepReader reader = new StepReader(reading, references, options);
    List<StepNode> wanted = new ArrayList<>(selection.selected());
    Map<StepNode, Step> read = new LinkedHashMap<>();
    for (StepNode step : wanted) {
      read.put(step, reader.read(step, selection));
    }
    if (reading.request().step() != null) {
      Set<String> done = new HashSet<>(wanted.stream().map(StepNode::name).toList());
      for (Optional<StepNode> next = needed(nodes, references, done);
          next.isPresent();
          next = needed(nodes, references, done)) {
        done.add(next.get().name());
        read.put(next.get(), reader.read(next.get(), selection));
      }
    }
    List<Step> builds = new ArrayList<>();
    List<Step> others = new ArrayList<>();
    boolean chosen = reading.request().step() != null;
    for (StepNode node : nodes) {
      Step step = read.get(node);
      if (step != null) {
        (chosen && !wanted.contains(node) ? builds : others).add(step);
      }
    }
    builds.addAll(others);
    return builds;
  }

  private static Optional<StepNode> needed(
      List<StepNode> nodes, StepReferences references, Set<String> done) {
    return nodes.stream()
        .filter(node -> references.referenced().contains(node.name()))
        .filter(node -> !done.contains(node.name()))
        .findFirst();
  }
}
