package dev.audition.handlers;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectFiles;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.request.RunRequest;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.source.SourceArchive;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.task.Grants;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request names, from the archive that was stored for it. The last one is kept: a run
 * is read for its plan, and at once again for its first step.
 */
final class RequestedProjects {
  private final BlobStore blobs;
  private final ProjectGrants grants;
  private @Nullable Read last;

  RequestedProjects(BlobStore blobs, ProjectGrants grants) {
    this.blobs = blobs;
    this.grants = grants;
  }

  private record Read(Grants granted, RequestedProject project) {}

  /**
   * A request and what was read for it.
   *
   * @param grants what this run may use; nothing if it comes from a fork
   * @param files where there are none, nothing is there
   * @param project without a pipeline where it could not be read
   */
  record RequestedProject(RunRequest request, Grants grants, SourceFiles files, Project project) {
    private static RequestedProject refused(
        RunRequest request, SourceFiles files, Diagnostics diagnostics) {
      return new RequestedProject(
          request, Grants.NONE, files, new Project(null, diagnostics.sorted()));
    }
  }

  /**
   * Read the project of a request.
   *
   * @param request as it was accepted
   */
  synchronized RequestedProject read(RunRequest request) {
    Diagnostics diagnostics = new Diagnostics();
    Grants granted = granted(request, diagnostics);
    if (diagnostics.refused()) {
      return RequestedProject.refused(request, new NoFiles(), diagnostics);
    }
    Read known = last;
    if (known == null
        || !known.project().request().equals(request)
        || !known.granted().equals(granted)) {
      known = new Read(granted, readNow(request, granted, diagnostics));
      last = known;
    }
    return known.project();
  }

  private RequestedProject readNow(RunRequest request, Grants granted, Diagnostics diagnostics) {
    Optional<SourceArchive> archive = archive(request, diagnostics);
    if (archive.isEmpty()) {
      return RequestedProject.refused(request, new NoFiles(), diagnostics);
    }
    SourceFiles files = archive.get();
    List<String> chosen = new ArrayList<>();
    for (String file : request.files()) {
      ProjectFiles.Choice choice = ProjectFiles.choose(request.absolute(file), files);
      chosen.addAll(choice.files());
      diagnostics.addAll(choice.diagnostics());
    }
    if (diagnostics.refused()) {
      return RequestedProject.refused(request, files, diagnostics);
    }
    // A fork's names stand for the secrets too: so it is told where it uses what it does not get.
    Project project =
        ProjectReader.read(request.projectRequest(chosen, granted.variables()), files);
    Grants grants = request.fromFork() ? Grants.NONE : granted;
    Pipeline pipeline = project.pipeline();
    diagnostics.addAll(project.diagnostics());
    if (pipeline != null) {
      checkHooks(pipeline, grants, diagnostics);
    }
    return new RequestedProject(
        request, grants, files, new Project(pipeline, diagnostics.sorted()));
  }

  private Grants granted(RunRequest request, Diagnostics diagnostics) {
    try {
      return grants.of(request.project());
    } catch (UnreadableGrantsException e) {
      diagnostics.refuse(
          Category.INVALID,
          SourceLocation.of("project " + request.project()),
          "",
          String.valueOf(e.getMessage()),
          "Mend the entry in the table: docs/deploy.md says what it holds.");
      return Grants.NONE;
    }
  }

  private static void checkHooks(Pipeline pipeline, Grants grants, Diagnostics diagnostics) {
    for (Hook hook : pipeline.hooks().sends()) {
      grants
          .refusal(hook.target())
          .ifPresent(
              why ->
                  diagnostics.refuse(
                      Category.UNSUPPORTED,
                      SourceLocation.of(pipeline.file()),
                      path(hook, pipeline),
                      why,
                      Grants.REMEDY));
    }
  }

  private static String path(Hook hook, Pipeline pipeline) {
    String of =
        hook.step() == Hooks.RUN
            ? ""
            : "steps." + pipeline.steps().get(hook.step() - 1).name() + ".";
    return "%shooks.%s.notify.%s".formatted(of, hook.kind().word(), hook.target().type());
  }

  private Optional<SourceArchive> archive(RunRequest request, Diagnostics diagnostics) {
    String key = request.source().archive();
    Optional<byte[]> zip;
    try {
      zip = blobs.get(key, SourceArchive.MOST_BYTES);
    } catch (IllegalArgumentException e) {
      diagnostics.refuse(
          Category.SIZE,
          SourceLocation.of(key),
          "",
          "the source is too large: " + e.getMessage(),
          "Pack only the texts that reading needs: yml, yaml and env files.");
      return Optional.empty();
    }
    if (zip.isEmpty()) {
      diagnostics.refuse(
          Category.MISSING_FILE,
          SourceLocation.of(key),
          "",
          "there is no source under this key",
          "Store it before the request is sent, as `audition submit` does.");
    }
    return zip.flatMap(
        bytes -> SourceArchive.read(bytes, request.source().root(), key, diagnostics));
  }

  /** Where no archive could be had. */
  private static final class NoFiles implements SourceFiles {
    @Override
    public Content read(String path) {
      return new Content.Missing();
    }

    @Override
    public Kind kind(String path) {
      return Kind.ABSENT;
    }

    @Override
    public String display(String path) {
      return path;
    }
  }
}
