package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.Located;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads compose files into a {@link Composition}. */
public final class ComposeReader {
  private final Reading reading;
  private final Diagnostics diagnostics;

  private ComposeReader(Reading reading, Diagnostics diagnostics) {
    this.reading = reading;
    this.diagnostics = diagnostics;
  }

  /**
   * Read, interpolate, merge and check.
   *
   * <p>Never throws for what the sources say; everything that is wrong is in the result.
   */
  public static ComposeResult read(ComposeRequest request, SourceFiles files) {
    Diagnostics diagnostics = new Diagnostics();
    Reading reading = new Reading(request, files, diagnostics);
    Composition composition = new ComposeReader(reading, diagnostics).composition();
    return new ComposeResult(composition, reading.log().uses(), said(diagnostics));
  }

  /**
   * Return the variables with those of a folder's {@code .env} added as the weakest, as a compose
   * file in that folder sees them. What is wrong with that file is told when such a file is read.
   *
   * @param folder absolute
   */
  public static Variables withDotEnv(Variables variables, String folder, SourceFiles files) {
    Diagnostics untold = new Diagnostics();
    return new DotEnv(files, new VariableLog(untold), untold, new Budget())
        .added(variables, folder);
  }

  /** Aliases and extends repeat a node under several paths; one place is shown once. */
  private static List<Diagnostic> said(Diagnostics diagnostics) {
    record Said(Severity severity, @Nullable SourceLocation location, String message) {}
    Set<Said> said = new HashSet<>();
    List<Diagnostic> once = new ArrayList<>();
    for (Diagnostic diagnostic : diagnostics.sorted()) {
      if (said.add(new Said(diagnostic.severity(), diagnostic.location(), diagnostic.message()))) {
        once.add(diagnostic);
      }
    }
    return once;
  }

  private @Nullable Composition composition() {
    Mapping merged = new Documents(reading).project();
    if (merged == null) {
      return null;
    }
    Field document = new Field("", "", merged.location(), merged, diagnostics);
    reading.merged(document);
    TopLevel topLevel = new TopLevel(document);
    topLevel.check();
    AuditionSettings settings = topLevel.settings(reading);
    Field services = document.find("services");
    Mapping candidates = new Documents(reading).candidates();
    SequencedMap<String, ServiceConfig> selected =
        services == null
            ? new LinkedHashMap<>()
            : new ServiceReader(reading).readSelected(services, selected(settings, candidates));
    mergeCandidates(selected, candidates);
    selected.replaceAll((_, service) -> EnvironmentSyntax.joined(service));
    List<String> declared = declared(services, candidates);
    if (selected.isEmpty()) {
      refuseEmpty(topLevel, declared);
    }
    SequencedMap<String, ServiceConfig> checked =
        new CompositionChecks(reading, selected, declared).checked();
    checkCandidates(settings, checked, declared);
    topLevel.networks(checked.values(), reading);
    return new Composition(checked, topLevel.volumes(checked.values(), reading), settings);
  }

  private Set<String> selected(AuditionSettings settings, @Nullable Mapping candidates) {
    Set<String> selected = new HashSet<>(reading.request().selected());
    settings.candidates().forEach(candidate -> selected.add(candidate.value()));
    if (candidates != null) {
      selected.addAll(candidates.keys());
    }
    return selected;
  }

  private void mergeCandidates(
      SequencedMap<String, ServiceConfig> services, @Nullable Mapping candidates) {
    if (candidates == null) {
      return;
    }
    Field field =
        new Field(
            "composition_candidates",
            "composition_candidates",
            candidates.location(),
            candidates,
            diagnostics);
    ServiceReader reader = new ServiceReader(reading);
    for (Field entry : field.entries("")) {
      ServiceConfig candidate = reader.read(entry);
      services.merge(entry.key(), candidate, CandidateMerge::merge);
    }
  }

  private static List<String> declared(@Nullable Field services, @Nullable Mapping candidates) {
    List<String> declared = new ArrayList<>(services == null ? List.of() : services.keys());
    if (candidates != null) {
      declared.addAll(candidates.keys());
    }
    return declared;
  }

  private void refuseEmpty(TopLevel topLevel, List<String> declared) {
    boolean none = declared.isEmpty();
    diagnostics.refuse(
        Category.INVALID,
        topLevel.location(),
        "services",
        none
            ? "the compose specification wants services, and there are none"
            : "no service is selected: all have profiles and none of these is active",
        none ? "Add services." : "Add --profile with one of them.");
  }

  private void checkCandidates(
      AuditionSettings settings,
      SequencedMap<String, ServiceConfig> services,
      List<String> declared) {
    for (Located<String> candidate : settings.candidates()) {
      if (!services.containsKey(candidate.value())) {
        diagnostics.refuse(
            Category.INVALID,
            candidate.location(),
            "x-audition.candidates",
            "there is no service \"%s\" to be a candidate".formatted(candidate.value()),
            Nearest.remedy(candidate.value(), declared));
      }
    }
  }
}
