package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.Variables;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** What a test asks the reader for, and short ways to look at the answer. */
final class Asked {
  private final FilesInMemory files = new FilesInMemory();
  private final List<String> names = new ArrayList<>();
  private final SequencedMap<String, String> given = new LinkedHashMap<>();
  private final SequencedMap<String, String> images = new LinkedHashMap<>();
  private final SequencedMap<String, String> git = new LinkedHashMap<>();
  private final SequencedMap<String, String> caller = new LinkedHashMap<>();
  private final List<String> candidates = new ArrayList<>();
  private @Nullable String step;
  private @Nullable String branch;
  private boolean skipUnsupported;
  private boolean planOnly;

  /** Ask for a pipeline named codefresh.yml. */
  static Asked pipeline(String text) {
    return file("codefresh.yml", text);
  }

  /** Ask for steps, each indented by two, under a root that is in order. */
  static Asked steps(String steps) {
    return pipeline("version: '1.0'\nsteps:\n" + steps.indent(2));
  }

  /** Ask for a file. */
  static Asked file(String name, String text) {
    Asked asked = new Asked();
    asked.files.with(name, text);
    asked.names.add(FilesInMemory.ROOT + "/" + name);
    return asked;
  }

  /** Put a further file into the workspace. */
  Asked beside(String name, String text) {
    files.with(name, text);
    return this;
  }

  Asked alsoFile(String name, String text) {
    files.with(name, text);
    names.add(FilesInMemory.ROOT + "/" + name);
    return this;
  }

  Asked var(String name, String value) {
    given.put(name, value);
    return this;
  }

  Asked git(String name, String value) {
    git.put(name, value);
    return this;
  }

  Asked caller(String name, String value) {
    caller.put(name, value);
    return this;
  }

  Asked image(String name, String reference) {
    images.put(name, reference);
    return this;
  }

  Asked step(String name) {
    step = name;
    return this;
  }

  Asked branch(String name) {
    branch = name;
    return this;
  }

  Asked candidate(String name) {
    candidates.add(name);
    return this;
  }

  Asked skipUnsupported() {
    skipUnsupported = true;
    return this;
  }

  Asked planOnly() {
    planOnly = true;
    return this;
  }

  /** Read. */
  Answer read() {
    Variables variables =
        new Variables(
            List.of(
                new Variables.Source("--var", given),
                Variables.Source.of(ProjectRequest.ENVIRONMENT, caller),
                Variables.Source.of(ProjectRequest.GIT, git)));
    ProjectRequest request =
        new ProjectRequest(
            names,
            new Workspace(FilesInMemory.ROOT, "Shop"),
            variables,
            images,
            candidates,
            List.of(),
            step,
            skipUnsupported,
            branch,
            planOnly);
    return new Answer(ProjectReader.read(request, files));
  }

  /** What the reader said. */
  record Answer(Project project) {
    List<String> refusals() {
      return rendered(Severity.REFUSAL);
    }

    List<String> needs() {
      return rendered(Severity.NEEDED);
    }

    List<String> warnings() {
      return rendered(Severity.WARNING);
    }

    List<String> notes() {
      return rendered(Severity.NOTE);
    }

    List<Category> refused() {
      return project.diagnostics().stream()
          .filter(Diagnostic::refuses)
          .map(Diagnostic::category)
          .distinct()
          .toList();
    }

    private List<String> rendered(Severity severity) {
      return project.diagnostics().stream()
          .filter(diagnostic -> diagnostic.severity() == severity)
          .map(Diagnostic::render)
          .toList();
    }

    Pipeline pipeline() {
      Pipeline pipeline = project.pipeline();
      if (pipeline == null) {
        throw new AssertionError("no pipeline: " + project.diagnostics());
      }
      return pipeline;
    }

    List<String> stepNames() {
      return pipeline().steps().stream().map(Step::name).toList();
    }

    Step step(String name) {
      return pipeline().steps().stream()
          .filter(step -> step.name().equals(name))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no step " + name + ": " + project));
    }

    Step.CompositionStep composition(String name) {
      return step(name) instanceof Step.CompositionStep composition
          ? composition
          : fail(step(name));
    }

    private Step.CompositionStep fail(Step step) {
      throw new AssertionError("no composition: " + step + project.diagnostics());
    }

    /** Return each variable's value, with its source behind it. */
    Map<String, String> variables() {
      Map<String, String> variables = new LinkedHashMap<>();
      pipeline()
          .variables()
          .forEach(use -> variables.put(use.name(), use.value() + " from " + use.source()));
      return variables;
    }
  }
}
