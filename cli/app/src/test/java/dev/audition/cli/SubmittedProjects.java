package dev.audition.cli;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlanJson;
import dev.audition.core.plan.Planner;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.tree.JsonWriter;
import dev.audition.local.LocalAudition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was sent, beside what was read here. */
final class SubmittedProjects {
  private SubmittedProjects() {}

  /** Read a path as submit does, and send nothing. */
  static Submission read(Place place, Deployments deployments, String path) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, false, place.environment());
    ProjectOptions options = new ProjectOptions();
    options.path = Path.of(path);
    try (Session session =
        new Session(
            terminal, () -> LocalAudition.of(place.environment(), place.folder()), deployments)) {
      return Submission.of(
          session, new Requests(session).toRun(options), new SubmitOptions().terms());
    }
  }

  /** Return the plans of a pipeline that was read there, with paths as they are here. */
  static String plans(Pipeline there, SourceFiles files, String root, String here) {
    return json(Planner.plan(there, ImageConfigs.NONE, files)).replace(root, here);
  }

  static String json(List<Plan> plans) {
    return JsonWriter.writePretty(PlanJson.of(plans));
  }

  /** Return the names in a {@code .tar.gz}. */
  static List<String> names(byte[] packed) {
    try {
      Path file = Files.createTempFile("audition-packed", ".tar.gz");
      Files.write(file, packed);
      Process tar =
          new ProcessBuilder("tar", "--list", "--gzip", "--file", file.toString()).start();
      List<String> names =
          new String(tar.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      Files.delete(file);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
