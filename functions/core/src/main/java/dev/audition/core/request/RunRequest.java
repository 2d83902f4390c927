package dev.audition.core.request;

import dev.audition.core.expression.Variables;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * A wish to run something in the cloud.
 *
 * @param runId chosen by whoever asks; asking twice with one id is asking once
 * @param project whose quota and permissions the run has
 * @param files paths from the root of the source: one pipeline, compose file or folder, or several
 *     compose files to merge; {@code .} for the root
 * @param timeout of the whole run; null for none
 * @param queueTimeout how long it may wait for capacity before it begins; null for as long as it
 *     takes
 * @param requestedBy who asks; empty if they do not say
 */
public record RunRequest(
    RunId runId,
    String project,
    Source source,
    List<String> files,
    Selection selection,
    Values values,
    @Nullable Duration timeout,
    @Nullable Duration queueTimeout,
    boolean skipUnsupported,
    String requestedBy) {
  /** The name of the source of variables that are the project's secrets. */
  public static final String SECRETS = "the project's secrets";

  /** Whether the commit is of a pull request from a fork; Codefresh's name. */
  private static final String FORK = "CF_PULL_REQUEST_IS_FORK";

  /** Where the root of a source lies when it is read; a path that no file of ours has. */
  private static final String SOURCES = "/workspace/";

  /**
   * What is run, as files that were stored before.
   *
   * @param archive the key of the zip with the texts that reading needs
   * @param workspace the key of the archive with the whole workspace; empty if no container mounts
   *     any of it
   * @param name the repository's name
   */
  public record Source(String archive, String workspace, String name) {
    /** Return the absolute path that the archive's root has while it is read. */
    public String root() {
      return SOURCES + name;
    }
  }

  /**
   * Which part is run.
   *
   * @param step the only step wanted; null for all
   */
  public record Selection(@Nullable String step, List<String> candidates, List<String> profiles) {
    /** All of it. */
    public static final Selection ALL = new Selection(null, List.of(), List.of());

    public Selection {
      candidates = List.copyOf(candidates);
      profiles = List.copyOf(profiles);
    }
  }

  /**
   * What names stand for.
   *
   * @param images what {@code ${{NAME}}} stands for instead of a build
   * @param variables given for this run
   * @param git {@code CF_*} of the work tree; pipelines see them
   * @param environment of the caller, as far as it is needed; compose files see it
   */
  public record Values(
      SequencedMap<String, String> images,
      SequencedMap<String, String> variables,
      SequencedMap<String, String> git,
      SequencedMap<String, String> environment) {
    /** None. */
    public static final Values NONE =
        new Values(
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>(),
            new LinkedHashMap<>());

    public Values {
      images = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(images));
      variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
      git = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(git));
      environment = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(environment));
    }

    /** Shows names only: a value may be a secret. */
    @Override
    public String toString() {
      return "Values[images=%s, variables=%s, git=%s, environment=%s]"
          .formatted(images, variables.keySet(), git.keySet(), environment.keySet());
    }
  }

  public RunRequest {
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("files: none (expected: at least one)");
    }
  }

  /**
   * Return this as it is kept with its run: with what every build has, so that reading it again
   * gives the same whenever that is.
   */
  public RunRequest accepted(Instant now) {
    SequencedMap<String, String> variables = new LinkedHashMap<>(values.git());
    variables.put("CF_BUILD_ID", runId.value());
    variables.putIfAbsent("CF_BUILD_TIMESTAMP", Long.toString(now.toEpochMilli()));
    variables.putIfAbsent("CF_PIPELINE_NAME", project);
    return new RunRequest(
        runId,
        project,
        source,
        files,
        selection,
        new Values(values.images(), values.variables(), variables, values.environment()),
        timeout,
        queueTimeout,
        skipUnsupported,
        requestedBy);
  }

  /**
   * Return what the reader of projects is asked.
   *
   * @param chosen absolute paths of the files that are meant
   * @param secrets what stands for the secrets of the project, by their names: stronger than
   *     everything but what was given for this run
   */
  public ProjectRequest projectRequest(List<String> chosen, SequencedMap<String, String> secrets) {
    return new ProjectRequest(
        chosen,
        new Workspace(source.root(), source.name()),
        new Variables(
            List.of(
                new Variables.Source("--var", values.variables()),
                new Variables.Source(SECRETS, secrets),
                new Variables.Source(ProjectRequest.ENVIRONMENT, values.environment()),
                new Variables.Source(ProjectRequest.GIT, values.git()))),
        values.images(),
        selection.candidates(),
        selection.profiles(),
        selection.step(),
        skipUnsupported,
        values.git().get("CF_BRANCH"));
  }

  /** Return whether a project may be called that. */
  public static boolean isProject(String text) {
    return TextRule.PROJECT.allows(text);
  }

  /** Return whether what is run comes from a fork, so that it gets nothing of the project's. */
  public boolean fromFork() {
    return values.git().getOrDefault(FORK, "").strip().equalsIgnoreCase("true");
  }

  /** Return the absolute path of a file while it is read. */
  public String absolute(String file) {
    return file.equals(".") ? source.root() : source.root() + "/" + file;
  }
}
