package dev.audition.handlers;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectFiles;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.request.RunRequest;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.source.SourceArchive;
import dev.audition.core.source.SourceFiles;
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
  private @Nullable RequestedProject last;

  RequestedProjects(BlobStore blobs) {
    this.blobs = blobs;
  }

  /**
   * A request and what was read for it.
   *
   * @param files where there are none, nothing is there
   * @param project without a pipeline where it could not be read
   */
  record RequestedProject(RunRequest request, SourceFiles files, Project project) {}

  /**
   * Read the project of a request.
   *
   * @param request as it was accepted
   */
  synchronized RequestedProject read(RunRequest request) {
    RequestedProject known = last;
    if (known == null || !known.request().equals(request)) {
      known = readNow(request);
      last = known;
    }
    return known;
  }

  private RequestedProject readNow(RunRequest request) {
    Diagnostics diagnostics = new Diagnostics();
    Optional<SourceArchive> archive = archive(request, diagnostics);
    if (archive.isEmpty()) {
      return new RequestedProject(request, new NoFiles(), new Project(null, diagnostics.sorted()));
    }
    SourceFiles files = archive.get();
    List<String> chosen = new ArrayList<>();
    for (String file : request.files()) {
      ProjectFiles.Choice choice = ProjectFiles.choose(request.absolute(file), files);
      chosen.addAll(choice.files());
      diagnostics.addAll(choice.diagnostics());
    }
    if (diagnostics.refused()) {
      return new RequestedProject(request, files, new Project(null, diagnostics.sorted()));
    }
    Project project = ProjectReader.read(request.projectRequest(chosen), files);
    List<Diagnostic> all = new ArrayList<>(diagnostics.sorted());
    all.addAll(project.diagnostics());
    return new RequestedProject(request, files, new Project(project.pipeline(), all));
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
