package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Says which steps of a file are run: all that can be, or the one asked for by name.
 *
 * <p>Steps that cannot be run here refuse a run unless they are to be skipped; a plan shows them
 * and warns.
 */
final class StepSelection {
  private final Reading reading;
  private final List<StepNode> all;
  private final SequencedMap<StepNode, String> notRun = new LinkedHashMap<>();
  private final List<StepNode> selected = new ArrayList<>();

  private StepSelection(Reading reading, List<StepNode> all) {
    this.reading = reading;
    this.all = all;
  }

  /** Select, and tell what is left out. */
  static StepSelection of(Reading reading, List<StepNode> all) {
    StepSelection selection = new StepSelection(reading, all);
    String wanted = reading.request().step();
    if (wanted == null) {
      selection.all();
    } else {
      selection.one(wanted);
    }
    return selection;
  }

  /** Return the steps that make up the pipeline, in the file's order. */
  List<StepNode> selected() {
    return List.copyOf(selected);
  }

  /** Find why a selected step is not run; empty if it is. */
  Optional<String> notRun(StepNode step) {
    return Optional.ofNullable(notRun.get(step));
  }

  /** Return the build steps whose image there will be when something asks for it. */
  List<StepNode> built() {
    return all.stream()
        .filter(StepNode::isBuild)
        .filter(step -> !notRun.containsKey(step))
        .filter(step -> reading.request().step() != null || selected.contains(step))
        .filter(step -> !reading.request().images().containsKey(step.name()))
        .toList();
  }

  private void all() {
    boolean planOnly = reading.request().planOnly();
    for (StepNode step : all) {
      if (step.isParallel() && planOnly) {
        continue; // its children stand for it
      }
      if (step.parent() != null && !planOnly) {
        continue; // its parent stands for it
      }
      selected.add(step);
      objection(step).ifPresent(reason -> notRun.put(step, reason));
      if (planOnly && !notRun.containsKey(step)) {
        WhenReader.undecided(step).ifPresent(reason -> warnUndecided(step, reason));
      }
    }
    if (planOnly) {
      all.stream().filter(StepNode::isParallel).forEach(this::warnParallel);
    }
    tellNotRun();
  }

  private Optional<String> objection(StepNode step) {
    Optional<String> objection =
        step.isParallel()
            ? Optional.of("runs steps side by side, which is not done yet")
            : StepTypes.objection(step).or(() -> FreestyleSteps.objection(step));
    return objection.isPresent() || reading.request().planOnly()
        ? objection
        : WhenReader.undecided(step);
  }

  private void one(String wanted) {
    Optional<StepNode> found = all.stream().filter(step -> step.name().equals(wanted)).findFirst();
    if (found.isEmpty()) {
      List<String> names = all.stream().map(StepNode::name).toList();
      String near = Near.names(wanted, names);
      reading
          .diagnostics()
          .refuse(
              Category.INVALID,
              null,
              "",
              "--step %s: %s has no such step (it has: %s)"
                  .formatted(wanted, reading.file(), String.join(", ", names)),
              near);
      return;
    }
    StepNode step = found.get();
    Optional<String> objection =
        step.isParallel()
            ? Optional.of("runs steps side by side, which is not done yet")
            : StepTypes.objection(step).or(() -> FreestyleSteps.objection(step));
    if (objection.isPresent()) {
      reading
          .diagnostics()
          .refuse(
              Category.UNSUPPORTED,
              step.location(),
              step.path(""),
              "a step of type %s is not run here: %s".formatted(step.type(), objection.get()),
              runnable(step));
      return;
    }
    selected.add(step);
    WhenReader.undecided(step).ifPresent(reason -> warnUndecided(step, reason));
  }

  /** Propose steps that can be asked for by name: the children of a parallel step, else any. */
  private String runnable(StepNode instead) {
    List<String> names =
        all.stream()
            .filter(step -> !instead.isParallel() || instead.name().equals(step.parent()))
            .filter(step -> !step.isBuild() && !step.type().equals(StepNode.GIT_CLONE))
            .filter(step -> !step.isParallel())
            .filter(step -> StepTypes.objection(step).isEmpty())
            .filter(step -> FreestyleSteps.objection(step).isEmpty())
            .map(step -> CommandLine.quoted(step.name()))
            .toList();
    return names.isEmpty()
        ? ""
        : "Ask for one of these with --step NAME: " + String.join(", ", names) + ".";
  }

  private void warnUndecided(StepNode step, String reason) {
    boolean chosen = step.name().equals(reading.request().step());
    reading
        .diagnostics()
        .warn(
            Category.UNSUPPORTED,
            step.locationOf("when"),
            step.path("when"),
            reason
                + (chosen
                    ? "; it was asked for by name and runs"
                    : "; run refuses it, unless it is asked for by name"),
            chosen ? "" : "Use --step %s.".formatted(CommandLine.quoted(step.name())));
  }

  private void warnParallel(StepNode step) {
    reading
        .diagnostics()
        .warn(
            Category.UNSUPPORTED,
            step.location(),
            step.path(""),
            "its steps are planned one after the other; running them side by side is not done yet,"
                + " and run refuses it",
            runnable(step));
  }

  private void tellNotRun() {
    if (notRun.isEmpty()) {
      return;
    }
    ProjectRequest request = reading.request();
    List<String> lines = new ArrayList<>();
    notRun.forEach(
        (step, reason) ->
            lines.add(
                "%s (line %d, %s: %s)"
                    .formatted(step.name(), step.location().line(), step.type(), reason)));
    boolean one = notRun.size() == 1;
    String which =
        "%d step%s %s not run here: %s"
            .formatted(notRun.size(), one ? "" : "s", one ? "is" : "are", String.join("; ", lines));
    StepNode first = notRun.firstEntry().getKey();
    Severity severity =
        request.skipUnsupported() || request.planOnly() ? Severity.WARNING : Severity.REFUSAL;
    String remedy =
        request.skipUnsupported()
            ? ""
            : ((request.planOnly() ? "To run the others: " : "")
                    + (request.planOnly() ? "give" : "Give")
                    + " --skip-unsupported to leave them out. "
                    + runnable(first))
                .strip();
    reading
        .diagnostics()
        .add(
            new Diagnostic(
                severity, Category.UNSUPPORTED, first.location(), "steps", which, remedy));
  }
}
