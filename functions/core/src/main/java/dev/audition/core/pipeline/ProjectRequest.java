package dev.audition.core.pipeline;

import dev.audition.core.expression.Variables;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * What the user named, with all that the edge knows about it.
 *
 * @param files absolute paths: one pipeline or compose file, or several compose files to merge in
 *     order
 * @param workspace the folder around them
 * @param variables {@code --var}, {@code --var-file}, the caller's environment (compose files
 *     only), git ({@code CF_*}; pipelines only), strongest first; {@code .env} is read by the
 *     reader. A composition in a pipeline sees its {@code composition_variables}, then those that
 *     are neither the caller's nor git's
 * @param images {@code --image NAME=REF}: what {@code ${{NAME}}} stands for instead of a build
 * @param candidates {@code --candidate}
 * @param profiles {@code --profile}
 * @param step {@code --step}: the only step wanted; null for all
 * @param skipUnsupported {@code --skip-unsupported}
 * @param branch {@code CF_BRANCH}, for {@code when.branch}; null if unknown
 * @param planOnly whether nothing is to be run, so that what only a run needs is a warning: a step
 *     that is not run here, and candidates of a bare compose file
 */
public record ProjectRequest(
    List<String> files,
    Workspace workspace,
    Variables variables,
    SequencedMap<String, String> images,
    List<String> candidates,
    List<String> profiles,
    @Nullable String step,
    boolean skipUnsupported,
    @Nullable String branch,
    boolean planOnly) {
  /** The name of the source that holds the caller's environment: compose files see it. */
  public static final String ENVIRONMENT = "environment";

  /** The name of the source that holds {@code CF_*} of the work tree: pipelines see it. */
  public static final String GIT = "git";

  public ProjectRequest {
    files = List.copyOf(files);
    images = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(images));
    candidates = List.copyOf(candidates);
    profiles = List.copyOf(profiles);
  }

  /** Make a request that is meant to be run. */
  public ProjectRequest(
      List<String> files,
      Workspace workspace,
      Variables variables,
      SequencedMap<String, String> images,
      List<String> candidates,
      List<String> profiles,
      @Nullable String step,
      boolean skipUnsupported,
      @Nullable String branch) {
    this(
        files,
        workspace,
        variables,
        images,
        candidates,
        profiles,
        step,
        skipUnsupported,
        branch,
        false);
  }

  /** Return the variables that a pipeline sees: all but the caller's environment. */
  Variables pipelineVariables() {
    return variablesWithout(ENVIRONMENT);
  }

  /** Return the variables that a compose file sees: all but those of git. */
  Variables composeVariables() {
    return variablesWithout(GIT);
  }

  /**
   * Return the variables that a composition in a pipeline sees beside its own: those given for this
   * run, and neither the caller's environment nor those of git. So the file means the same wherever
   * it runs, unless somebody asks for something else.
   */
  Variables givenVariables() {
    return variablesWithout(ENVIRONMENT, GIT);
  }

  private Variables variablesWithout(String... names) {
    List<String> left = List.of(names);
    return new Variables(
        variables.sources().stream().filter(source -> !left.contains(source.name())).toList());
  }
}
