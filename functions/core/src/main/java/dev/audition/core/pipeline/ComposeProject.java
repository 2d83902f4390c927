package dev.audition.core.pipeline;

import dev.audition.core.compose.ComposeReader;
import dev.audition.core.compose.ComposeRequest;
import dev.audition.core.compose.ComposeResult;
import dev.audition.core.compose.Composition;
import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Located;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads compose files as a pipeline of one composition step. */
final class ComposeProject {
  /** The one step's name. */
  static final String STEP = "composition";

  /** The service that decides where nothing else is said; the name is an old convention. */
  private static final String SYSTEM_UNDER_TEST = "sut";

  private final Reading reading;

  ComposeProject(Reading reading) {
    this.reading = reading;
  }

  /** Read; empty if the files could not be read as compose files at all. */
  Optional<Pipeline> read() {
    ProjectRequest request = reading.request();
    checkFlags();
    ComposeRequest compose =
        ComposeRequest.ofFiles(
                request.files(), request.workspace().root(), request.composeVariables())
            .withProfiles(request.profiles())
            .withSelected(request.candidates())
            .withPlanOnly(request.planOnly());
    ComposeResult result = ComposeReader.read(compose, reading.files());
    reading.diagnostics().addAll(result.diagnostics());
    result.variables().forEach(reading::use);
    new ComposeFindings(reading).noteMissing(result);
    Composition composition = result.composition();
    if (composition == null) {
      return Optional.empty();
    }
    SourceLocation location = SourceLocation.of(reading.file());
    Step step =
        new Step.CompositionStep(
            STEP,
            location,
            ComposeFindings.timed(StepOptions.DEFAULT, composition),
            composition,
            candidates(composition, location));
    Entry hooks = composition.settings().hooks();
    if (hooks != null) {
      // Variables are put in already, as in everything of a compose file.
      new HooksReader(reading, (text, _, _) -> text).root(hooks, "x-audition.hooks");
    }
    reading.tellGathered();
    return Optional.of(
        new Pipeline(
            reading.file(),
            reading.workspace(),
            List.of(step),
            reading.uses(),
            reading.hooks().numbered(List.of(STEP))));
  }

  private void checkFlags() {
    ProjectRequest request = reading.request();
    String step = request.step();
    if (step != null && !step.equals(STEP)) {
      refuse(
          "--step %s: a compose file has no steps".formatted(step),
          "Leave it out; --candidate NAME says which service decides.");
    }
    if (!request.images().isEmpty()) {
      reading
          .diagnostics()
          .warn(
              Category.NO_EFFECT,
              null,
              "",
              "--image gives the images of build steps, and a compose file has none",
              "Use --var NAME=VALUE where the image is written ${NAME}.");
    }
  }

  private List<String> candidates(Composition composition, SourceLocation location) {
    List<String> asked = reading.request().candidates();
    if (!asked.isEmpty()) {
      return asked.stream().distinct().filter(name -> isService(name, composition)).toList();
    }
    List<Located<String>> written = composition.settings().candidates();
    if (!written.isEmpty()) {
      return written.stream()
          .map(Located::value)
          .filter(composition.services()::containsKey) // the reader refuses others
          .distinct()
          .toList();
    }
    if (composition.services().containsKey(SYSTEM_UNDER_TEST)) {
      return List.of(SYSTEM_UNDER_TEST);
    }
    tellNoCandidate(composition, location);
    return List.of();
  }

  private boolean isService(String name, Composition composition) {
    if (composition.services().containsKey(name)) {
      return true;
    }
    List<String> services = new ArrayList<>(composition.services().keySet());
    refuse(
        "--candidate %s: there is no service %s (there are: %s)"
            .formatted(name, name, String.join(", ", services)),
        Near.names(name, services));
    return false;
  }

  private void tellNoCandidate(Composition composition, SourceLocation location) {
    if (composition.services().isEmpty()) {
      return; // which the reader refuses
    }
    String likely = LikelyCandidates.of(composition).map(CommandLine::quoted).orElse("NAME");
    reading
        .diagnostics()
        .add(
            new Diagnostic(
                reading.request().planOnly() ? Severity.NEEDED : Severity.REFUSAL,
                Category.NO_CANDIDATE,
                location,
                "",
                "nothing says yet whose exit code decides; the services are: "
                    + String.join(", ", composition.services().keySet()),
                "Give --candidate %s, or write x-audition: {candidates: [%s]}."
                    .formatted(likely, likely)));
  }

  private void refuse(String message, String remedy) {
    reading.diagnostics().refuse(Category.INVALID, null, "", message, remedy);
  }
}
