package dev.audition.cli;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.expression.VariableUse;
import dev.audition.core.expression.Variables;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.request.RunRequest;
import dev.audition.core.request.RunRequestJson;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.run.RunFiles;
import dev.audition.core.run.RunId;
import dev.audition.core.source.RecordedFiles;
import dev.audition.core.source.SourceFiles.Content;
import dev.audition.local.workspace.SourcePacker;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A project on its way to a deployment: read and planned here, so that what cannot be is said
 * before anything is sent, and packed so that it is read there as it was here.
 *
 * <p>The caller's environment stays here: what the file takes from it is refused with the option
 * that gives it.
 */
final class Submission {
  private static final String LIKE_A_SECRET =
      "(?i).*(password|passwd|secret|token|credential|api_?key|private_?key|access_?key).*";

  private final RunRequest request;
  private final FargatePreview preview;
  private final List<Diagnostic> diagnostics;
  private final Path root;
  private final byte[] archive;

  private Submission(
      RunRequest request,
      FargatePreview preview,
      List<Diagnostic> diagnostics,
      Path root,
      byte[] archive) {
    this.request = request;
    this.preview = preview;
    this.diagnostics = List.copyOf(diagnostics);
    this.root = root;
    this.archive = archive;
  }

  /**
   * Read, plan and pack.
   *
   * @throws UsageException if a file that is named lies outside of the work tree, or a secret is
   *     given a value
   */
  static Submission of(Session session, Requests.Request asked, SubmitOptions.Terms terms) {
    ProjectSecrets secrets = terms.secrets();
    ProjectRequest here = withSecrets(withName(asked.projectRequest()), secrets);
    ProjectRequest there = withoutEnvironment(here);
    RecordedFiles files = new RecordedFiles(session.auditions().files());
    Project project = ProjectReader.read(there, files);
    Pipeline pipeline = project.pipeline();
    Diagnostics diagnostics = new Diagnostics();
    diagnostics.addAll(project.diagnostics());
    ofEnvironment(ProjectReader.read(here, session.auditions().files()), diagnostics);
    RunRequest.Values values = values(there);
    FargatePreview preview = new FargatePreview(List.of(), List.of());
    if (pipeline != null) {
      secrets.unused(pipeline, diagnostics);
    }
    if (pipeline != null && !project.refused()) {
      preview =
          FargatePreview.of(
              pipeline,
              session.auditions().imageConfigs(),
              files,
              Stream.of(values.variables(), values.git())
                  .flatMap(some -> some.values().stream())
                  .distinct()
                  .toList());
      diagnostics.addAll(preview.diagnostics());
    }
    values.variables().keySet().stream()
        .filter(name -> name.matches(LIKE_A_SECRET))
        .forEach(name -> secret(name, diagnostics));
    secrets.inFiles(files, diagnostics);
    Path root = Path.of(there.workspace().root());
    SourcePacker.Packed packed = SourcePacker.pack(root, files);
    leftOut(packed.leftOut(), files, root, diagnostics);
    RunRequest request = request(asked.runId(), there, terms, values, preview);
    return new Submission(request, preview, diagnostics.sorted(), root, packed.archive());
  }

  /** Names of folders may hold what the name of a repository may not. */
  private static ProjectRequest withName(ProjectRequest request) {
    String name =
        request
            .workspace()
            .repository()
            .replaceAll("[^A-Za-z0-9._-]", "-")
            .replaceFirst("^[.-]", "_");
    return with(
        request,
        new Workspace(request.workspace().root(), name.substring(0, Math.min(100, name.length()))),
        request.variables());
  }

  private static ProjectRequest withSecrets(ProjectRequest request, ProjectSecrets secrets) {
    return with(request, request.workspace(), secrets.in(request.variables()));
  }

  private static ProjectRequest withoutEnvironment(ProjectRequest request) {
    return with(
        request,
        request.workspace(),
        new Variables(
            request.variables().sources().stream()
                .filter(source -> !source.name().equals(ProjectRequest.ENVIRONMENT))
                .filter(source -> !source.name().equals(ExampleImages.SOURCE))
                .toList()));
  }

  private static ProjectRequest with(
      ProjectRequest request, Workspace workspace, Variables variables) {
    return new ProjectRequest(
        request.files(),
        workspace,
        variables,
        request.images(),
        request.candidates(),
        request.profiles(),
        request.step(),
        request.skipUnsupported(),
        request.branch());
  }

  private static void ofEnvironment(Project here, Diagnostics diagnostics) {
    Pipeline pipeline = here.pipeline();
    if (pipeline == null) {
      return;
    }
    SequencedSet<String> names =
        pipeline.variables().stream()
            .filter(use -> ProjectRequest.ENVIRONMENT.equals(use.source()))
            .map(VariableUse::name)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    if (!names.isEmpty()) {
      diagnostics.add(
          new Diagnostic(
              Severity.REFUSAL,
              Category.MISSING_VARIABLE,
              null,
              "",
              "your environment is not sent, and it has a value for %s"
                  .formatted(String.join(", ", names)),
              "To send it, add: --var %s. To have another one: --var NAME=VALUE. If it is a secret of"
                      .formatted(String.join(" --var ", names))
                  + " the project there: --secret NAME."));
    }
  }

  private static void secret(String name, Diagnostics diagnostics) {
    diagnostics.add(
        new Diagnostic(
            Severity.WARNING,
            Category.NO_EFFECT,
            null,
            "",
            "--var %s looks like a secret; what is given for a run is kept with it, for all who may"
                    .formatted(name)
                + " see its runs",
            "Keep secrets in Secrets Manager, list them with `audition grants`, and give --secret %s."
                .formatted(name)));
  }

  private static void leftOut(
      List<String> tooLarge, RecordedFiles files, Path root, Diagnostics diagnostics) {
    tooLarge.forEach(
        path ->
            refuse(
                diagnostics,
                Category.SIZE,
                path + " does not fit into what is sent: 1 MiB a file, 16 MiB in all"));
    for (Map.Entry<String, Content> file : files.read().entrySet()) {
      if (file.getValue() instanceof Content.Text && !Path.of(file.getKey()).startsWith(root)) {
        refuse(
            diagnostics,
            Category.HOST_ACCESS,
            "%s lies outside of the work tree %s, which is all that is sent"
                .formatted(files.display(file.getKey()), root));
      }
    }
  }

  private static void refuse(Diagnostics diagnostics, Category category, String message) {
    diagnostics.add(new Diagnostic(Severity.REFUSAL, category, null, "", message, ""));
  }

  private static RunRequest.Values values(ProjectRequest there) {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    SequencedMap<String, String> git = new LinkedHashMap<>();
    for (Variables.Source source : there.variables().sources()) {
      if (source.name().equals(RunRequest.SECRETS)) {
        continue; // the deployment has them
      }
      SequencedMap<String, String> kept =
          source.name().equals(ProjectRequest.GIT) ? git : variables;
      source.values().forEach(kept::putIfAbsent);
    }
    return new RunRequest.Values(there.images(), variables, git, new LinkedHashMap<>());
  }

  private static RunRequest request(
      RunId run,
      ProjectRequest there,
      SubmitOptions.Terms terms,
      RunRequest.Values values,
      FargatePreview preview) {
    String workspace = preview.mounted().isEmpty() ? "" : RunFiles.workspace(run);
    return new RunRequest(
        run,
        project(there, terms, values),
        new RunRequest.Source(
            "runs/" + run + "/source.zip", workspace, there.workspace().repository()),
        files(there),
        new RunRequest.Selection(there.step(), there.candidates(), there.profiles()),
        values,
        terms.timeout(),
        terms.queueTimeout(),
        there.skipUnsupported(),
        "audition submit");
  }

  private static String project(
      ProjectRequest there, SubmitOptions.Terms terms, RunRequest.Values values) {
    String given = terms.project();
    if (given != null) {
      return given;
    }
    String owner = values.git().getOrDefault("CF_REPO_OWNER", "");
    String name = there.workspace().repository().replaceFirst("^[^A-Za-z0-9]+", "");
    String plain = name.isEmpty() ? "project" : name;
    return owner.isEmpty() ? plain : owner + "/" + plain;
  }

  /** The choice was made here, by what the environment says as well; there it is only read. */
  private static List<String> files(ProjectRequest there) {
    Path root = Path.of(there.workspace().root());
    return there.files().stream().map(file -> relative(Path.of(file), root)).toList();
  }

  private static String relative(Path file, Path root) {
    if (!file.startsWith(root)) {
      throw new UsageException(
          "%s lies outside of the work tree %s, which is all that is sent".formatted(file, root));
    }
    return root.relativize(file).toString();
  }

  RunRequest request() {
    return request;
  }

  FargatePreview preview() {
    return preview;
  }

  /** Return all there is to say, of the reading, the planning and the sending. */
  List<Diagnostic> diagnostics() {
    return diagnostics;
  }

  boolean refused() {
    return diagnostics.stream().anyMatch(Diagnostic::refuses);
  }

  /** Return everything that refuses, in one text. */
  String refusalParagraph() {
    return diagnostics.stream()
        .filter(Diagnostic::refuses)
        .map(Diagnostic::render)
        .distinct()
        .collect(Collectors.joining("\n"));
  }

  Path root() {
    return root;
  }

  byte[] archive() {
    return archive.clone();
  }

  /**
   * Return the message, read once as the deployment will read it.
   *
   * @throws UsageException with everything that it would not take
   */
  String message() {
    String json = RunRequestJson.write(request);
    return switch (RunRequestReader.read(json)) {
      case RunRequestReader.Outcome.Accepted _ -> json;
      case RunRequestReader.Outcome.Rejected rejected ->
          throw new UsageException("this cannot be sent:\n" + rejected.reasons());
    };
  }
}
