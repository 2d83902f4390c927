package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.expression.ComposeInterpolation;
import dev.audition.core.expression.Interpolated;
import dev.audition.core.expression.VariableLookup;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the stages of one reading share. */
final class Reading {
  private final ComposeRequest request;
  private final SourceFiles files;
  private final Variables variables;
  private final VariableLog log;
  private final Diagnostics diagnostics;
  private final Budget budget = new Budget();
  private final Map<String, String> directories = new HashMap<>();
  private @Nullable Field document;
  private boolean formatOne;

  Reading(ComposeRequest request, SourceFiles files, Diagnostics diagnostics) {
    this.request = request;
    this.files = files;
    this.diagnostics = diagnostics;
    this.log = new VariableLog(diagnostics);
    this.variables =
        new DotEnv(files, log, diagnostics, budget)
            .added(request.variables(), request.dotEnv() ? request.directory() : null);
  }

  ComposeRequest request() {
    return request;
  }

  SourceFiles files() {
    return files;
  }

  /** The request's variables, then those of {@code .env}. */
  Variables variables() {
    return variables;
  }

  VariableLog log() {
    return log;
  }

  Diagnostics diagnostics() {
    return diagnostics;
  }

  Budget budget() {
    return budget;
  }

  /**
   * Say which directory the relative paths of a file are resolved against.
   *
   * @return the name to give the file in locations: the one given, or another spelling of it if the
   *     file is read a second time with another directory
   */
  String register(String shown, String directory) {
    String name = shown;
    while (!directories.computeIfAbsent(name, _ -> directory).equals(directory)) {
      name = name.startsWith("/") ? "/." + name : "./" + name;
    }
    return name;
  }

  /** Resolve a path as written at a place; {@code ~} is the caller's home. */
  String resolve(String written, SourceLocation where) {
    String path = written;
    if (path.equals("~") || path.startsWith("~/")) {
      path =
          variables.find("HOME").filter(home -> home.startsWith("/")).orElse("/~")
              + path.substring(1);
    }
    String resolved =
        Paths.resolve(directories.getOrDefault(where.file(), request.directory()), path);
    for (Map.Entry<String, String> folder : request.folders().entrySet()) {
      if (Paths.inside(folder.getKey(), resolved)) {
        return Paths.normalise(folder.getValue() + resolved.substring(folder.getKey().length()));
      }
    }
    return resolved;
  }

  /**
   * Resolve a path of the workspace.
   *
   * @param does what the composition does with it, for the refusal: {@code mounts}, {@code builds}
   * @return null, after a refusal, if the path is outside of the workspace
   */
  @Nullable String insideWorkspace(Field field, String written, String does) {
    String path = resolve(written, field.location());
    if (Paths.inside(request.workspaceRoot(), path)) {
      String real = files.real(path);
      if (Paths.inside(files.real(request.workspaceRoot()), real)) {
        return path;
      }
      refuseOutside(field, "this %s \"%s\", a link to %s".formatted(does, written, real), written);
      return null;
    }
    if (path.endsWith("/docker.sock")) {
      field.refuse(
          Category.HOST_ACCESS,
          "this %s %s, through which a container rules the host's Docker engine"
              .formatted(does, path),
          "Remove it; tests that need an engine cannot run in a composition.");
    } else {
      refuseOutside(
          field,
          "this %s %s"
              .formatted(
                  does, written.equals(path) ? path : "\"%s\" (%s)".formatted(written, path)),
          written);
    }
    return null;
  }

  /** Refuse what lies outside of the workspace, with what helps most. */
  void refuseOutside(Field field, String what, String written) {
    List<String> missing = log.gapsAt(field.location()).stream().distinct().toList();
    String message = "%s, which is outside of the workspace %s";
    String remedy = "Move it into the workspace and name it by a relative path.";
    if (!missing.isEmpty()) {
      message += ", and %s has no value".formatted(String.join(", ", missing));
      remedy = "Set it to a path of the workspace: %s.".formatted(asOptions(missing));
    } else if (written.startsWith("..")) {
      remedy =
          "Move it into the workspace, or make the folder that holds both a git work tree: then"
              + " that is the workspace.";
    }
    field.refuse(Category.HOST_ACCESS, message.formatted(what, request.workspaceRoot()), remedy);
  }

  private static String asOptions(List<String> names) {
    return String.join(" ", names.stream().map("--var %s=VALUE"::formatted).toList());
  }

  /** Say what a run cannot do without; a plan goes on and names it. */
  void needed(Field field, Category category, String message, String remedy) {
    Severity severity = request.planOnly() ? Severity.NEEDED : Severity.REFUSAL;
    field
        .diagnostics()
        .add(new Diagnostic(severity, category, field.location(), field.path(), message, remedy));
  }

  /** Refuse a node as against the specification, or for the variables it came out wrong without. */
  void invalid(Field field, String message, String remedy) {
    List<String> missing = log.gapsAt(field.location()).stream().distinct().toList();
    if (missing.isEmpty()) {
      field.invalid(message, remedy);
    } else {
      needed(
          field,
          Category.MISSING_VARIABLE,
          "%s without %s".formatted(message, String.join(", ", missing)),
          "Set it: %s.".formatted(asOptions(missing)));
    }
  }

  /** Interpolate a value of an env file; variables win over the names given. */
  String inEnvFile(String text, VariableLookup ownNames, SourceLocation where) {
    return inEnvFile(log, variables, text, ownNames, where);
  }

  static String inEnvFile(
      VariableLog log,
      Variables variables,
      String text,
      VariableLookup ownNames,
      SourceLocation where) {
    Interpolated done =
        ComposeInterpolation.interpolate(
            text, name -> variables.find(name).or(() -> ownNames.find(name)));
    log.note(
        new Interpolated(
            done.text(),
            done.mentions().stream()
                .filter(
                    mention ->
                        variables.find(mention.name()).isPresent()
                            || ownNames.find(mention.name()).isEmpty())
                .toList(),
            done.error(),
            done.required()),
        variables,
        where,
        "");
    return done.text();
  }

  /** Find a variable and note that it was asked for. */
  Optional<String> variable(String name, SourceLocation where) {
    Optional<Variables.Origin> origin = variables.origin(name);
    log.passedOn(name, origin.orElse(null), where);
    return origin.map(Variables.Origin::value);
  }

  /** Read a service's {@code secrets}. */
  List<FileMount> secrets(Field field) {
    return new FileMountSyntax(this, section("secrets"), "secret", "/run/secrets/").read(field);
  }

  /** Read a service's {@code configs}. */
  List<FileMount> configs(Field field) {
    return new FileMountSyntax(this, section("configs"), "config", "/").read(field);
  }

  /** Return the active profiles: those asked for, else those of {@code COMPOSE_PROFILES}. */
  List<String> profiles() {
    if (!request.profiles().isEmpty() || request.pipeline()) {
      return request.profiles();
    }
    return variables
        .find("COMPOSE_PROFILES")
        .map(names -> List.of(names.split(",")))
        .orElse(List.of());
  }

  /** Say that a document has its services at the top level; volumes then need no declaration. */
  void formatOne() {
    formatOne = true;
  }

  /** Return whether volumes need no declaration. */
  boolean hasFormatOne() {
    return formatOne;
  }

  /** Say what the merged document is, once it is known. */
  void merged(Field document) {
    this.document = document;
  }

  private @Nullable Field section(String key) {
    Field found = document == null ? null : document.find(key);
    return found != null && found.isMapping() ? found : null;
  }
}
