package dev.audition.core.pipeline;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;

/** What is known and what was found while one project is read. */
final class Reading {
  private final ProjectRequest request;
  private final SourceFiles files;
  private final String file;
  private final Diagnostics diagnostics = new Diagnostics();
  private final SequencedMap<String, VariableUse> uses = new LinkedHashMap<>();
  private final SequencedMap<String, SequencedSet<Place>> unresolved = new LinkedHashMap<>();
  private final SequencedSet<String> missingImages = new LinkedHashSet<>();
  private final SequencedSet<String> missingVariables = new LinkedHashSet<>();
  private final SequencedMap<String, SequencedSet<Place>> notYet = new LinkedHashMap<>();
  private final GatheredHooks hooks = new GatheredHooks();

  /** A place and the path of the key that stands there. */
  record Place(SourceLocation location, String path) {}

  /**
   * Begin.
   *
   * @param file the first file, as shown to the user
   */
  Reading(ProjectRequest request, SourceFiles files, String file) {
    this.request = request;
    this.files = files;
    this.file = file;
  }

  ProjectRequest request() {
    return request;
  }

  SourceFiles files() {
    return files;
  }

  String file() {
    return file;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  GatheredHooks hooks() {
    return hooks;
  }

  Workspace workspace() {
    return request.workspace();
  }

  /** Note that a rule of the pipeline language is broken. */
  void invalid(SourceLocation location, String path, String message, String remedy) {
    diagnostics.refuse(Category.INVALID, location, path, message, remedy);
  }

  /** Note a variable that is mentioned; the first mention of a name is kept. */
  void use(VariableUse use) {
    uses.putIfAbsent(use.name(), use);
  }

  /** Note a variable that has no value and stays as written. */
  void unresolved(String name, Place place) {
    unresolved.computeIfAbsent(name, _ -> new LinkedHashSet<>()).add(place);
  }

  /** Note a key that is valid and not brought about yet; told once for all steps. */
  void notYet(String key, Place place) {
    notYet.computeIfAbsent(key, _ -> new LinkedHashSet<>()).add(place);
  }

  /** Note a name that stands for a whole image and has no value. */
  void missingImage(String name) {
    missingImages.add(name);
    missingVariables.remove(name);
  }

  /** Note a variable that is part of an image and has no value. */
  void missingVariable(String name) {
    if (!missingImages.contains(name)) {
      missingVariables.add(name);
    }
  }

  List<String> missingImages() {
    return List.copyOf(missingImages);
  }

  List<String> missingVariables() {
    return List.copyOf(missingVariables);
  }

  List<VariableUse> uses() {
    return List.copyOf(uses.values());
  }

  /** Turn what was gathered over the whole file into one warning each. */
  void tellGathered() {
    for (Map.Entry<String, SequencedSet<Place>> entry : unresolved.entrySet()) {
      String name = entry.getKey();
      if (missingImages.contains(name) || missingVariables.contains(name)) {
        continue;
      }
      SequencedSet<Place> places = entry.getValue();
      Place first = places.getFirst();
      diagnostics.warn(
          Category.MISSING_VARIABLE,
          first.location(),
          first.path(),
          "${{%s}} has no value and stays as written%s".formatted(name, others(places.size())),
          "Give it with --var %s=VALUE.".formatted(name));
    }
    for (Map.Entry<String, SequencedSet<Place>> entry : notYet.entrySet()) {
      SequencedSet<Place> places = entry.getValue();
      diagnostics.warn(
          Category.UNSUPPORTED,
          places.getFirst().location(),
          "",
          "%s is not run yet on one machine and left out (%s)"
              .formatted(
                  entry.getKey(), String.join(", ", places.stream().map(Place::path).toList())),
          "");
    }
  }

  private static String others(int places) {
    return places == 1 ? "" : ", here and in %d more place%s".formatted(places - 1, s(places - 1));
  }

  private static String s(int number) {
    return number == 1 ? "" : "s";
  }
}
