package dev.audition.local.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.expression.Variables;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.Pipeline;
import dev.audition.core.pipeline.Project;
import dev.audition.core.pipeline.ProjectReader;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.pipeline.Workspace;
import dev.audition.core.plan.Plan;
import dev.audition.core.plan.PlanJson;
import dev.audition.core.plan.Planner;
import dev.audition.core.source.RecordedFiles;
import dev.audition.core.source.SourceArchive;
import dev.audition.core.source.SourceFiles;
import dev.audition.core.source.SourceFiles.Content;
import dev.audition.core.source.SourceFiles.Kind;
import dev.audition.core.tree.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcePackerTest {
  private static final String THERE = "/workspace/shop";

  @TempDir private Path folder;

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Files.writeString(file, text);
  }

  private SourceArchive packed(RecordedFiles recorded) {
    SourcePacker.Packed packed = SourcePacker.pack(folder, recorded);
    assertThat(packed.leftOut()).isEmpty();
    return SourceArchive.read(packed.archive(), THERE, "source.zip", new Diagnostics())
        .orElseThrow();
  }

  private RecordedFiles here() {
    return new RecordedFiles(new DiskSourceFiles(folder));
  }

  private static ProjectRequest request(String root) {
    return new ProjectRequest(
        List.of(root + "/codefresh.yml"),
        new Workspace(root, "shop"),
        new Variables(List.of(Variables.Source.of("--var", Map.of("TAG", "16")))),
        new LinkedHashMap<>(),
        List.of(),
        List.of(),
        null,
        false,
        "main");
  }

  /** Everything that reading and planning say, with the root left out. */
  private static List<String> readAndPlanned(String root, SourceFiles files) {
    Project project = ProjectReader.read(request(root), files);
    Pipeline pipeline = Objects.requireNonNull(project.pipeline());
    List<Plan> plans = Planner.plan(pipeline, ImageConfigs.NONE, files);
    return List.of(
        project.diagnostics().stream().map(Diagnostic::render).toList().toString(),
        JsonWriter.write(PlanJson.of(plans)).replace(root, "ROOT"));
  }

  @Test
  void aReaderElsewhereReadsWhatAReaderHereDoes() throws IOException {
    write(
        "codefresh.yml",
        """
        version: '1.0'
        steps:
          tests:
            type: composition
            composition: ./test/compose.yml
            composition_candidates:
              unit:
                image: postgres:${{TAG}}
                command: ./run
                env_file: conf/settings
                volumes: ['./test/data:/data', './test/seed.sql:/seed.sql', './absent:/absent']
        """);
    write(
        "test/compose.yml",
        """
        services:
          db:
            image: postgres:16
            extends: {file: test/base.yml, service: base}
        """);
    write("test/base.yml", "services: {base: {image: postgres, environment: {A: b}}}\n");
    write("conf/settings", "MODE=fast\n");
    write("test/data/large.bin", "x");
    write("test/seed.sql", "select 1;");
    RecordedFiles here = here();
    List<String> expected = readAndPlanned(folder.toString(), here);
    SourceArchive there = packed(here);
    assertThat(readAndPlanned(THERE, there)).isEqualTo(expected);
    assertThat(expected.get(0)).doesNotContain("does not exist. Put");
    assertThat(expected.get(1)).contains("seed.sql");
    assertThat(there.read(THERE + "/conf/settings")).isEqualTo(new Content.Text("MODE=fast\n"));
  }

  @Test
  void textsThatNobodyAskedForAreSentAndOthersListed() throws IOException {
    write("deep/other.YAML", "a: 1");
    write(".env", "A=1");
    write("conf/.env.ci", "A=1");
    write("Main.java", "class Main {}");
    write(".git/config.yml", "secret: 1");
    SourceArchive archive = packed(here());
    assertThat(archive.read(THERE + "/deep/other.YAML")).isEqualTo(new Content.Text("a: 1"));
    assertThat(archive.read(THERE + "/.env")).isEqualTo(new Content.Text("A=1"));
    assertThat(archive.read(THERE + "/conf/.env.ci")).isEqualTo(new Content.Text("A=1"));
    assertThat(archive.kind(THERE + "/Main.java")).isEqualTo(Kind.FILE);
    assertThat(archive.read(THERE + "/Main.java")).isInstanceOf(Content.Unreadable.class);
    assertThat(archive.kind(THERE + "/.git")).isEqualTo(Kind.ABSENT);
  }

  @Test
  void whatWasReadAndDoesNotFitIsTold() throws IOException {
    RecordedFiles recorded = here();
    for (int i = 0; i < 17; i++) {
      write("part" + i + ".yml", "#".repeat(SourceFiles.MAXIMUM_BYTES));
      assertThat(recorded.read(folder.resolve("part" + i + ".yml").toString()))
          .isInstanceOf(Content.Text.class);
    }
    assertThat(SourcePacker.pack(folder, recorded).leftOut()).containsExactly("part16.yml");
  }
}
