package dev.audition.local.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.model.Container;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReports;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.docker.DockerSettings;
import dev.audition.local.docker.EngineAddresses;
import dev.audition.local.process.Program;
import dev.audition.local.runtime.Labels;
import dev.audition.local.runtime.TaskRemoval;
import dev.audition.local.store.FileRunStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("docker")
class KeeperTest {
  private static final String IMAGE =
      Optional.ofNullable(System.getenv("SHELL_IMAGE")).orElse("audition.local/debian:12");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path state;
  private final RunId run = new RunId("k" + UUID.randomUUID().toString().substring(0, 12));
  private final DockerEngine engine =
      DockerEngine.connect(
          EngineAddresses.find(System.getenv(), DockerSettings.read(System.getenv())));

  @AfterEach
  void leaveNothingBehind() {
    new TaskRemoval(engine).removeRun(run.value());
    // A keeper may still write its last line into the folder that is about to be removed.
    Eventually.within(SOON, "no keeper", () -> keepers().isEmpty());
    engine.close();
  }

  @Test
  void whenTheOwnerIsKilledNothingIsLeftAndTheRunIsErrored() throws Exception {
    Process owner = owner(true);

    owner.destroyForcibly().waitFor();

    Eventually.within(SOON, "nothing left", () -> containers().isEmpty());
    Eventually.within(SOON, "a verdict", () -> load().verdict() != null);
    assertThat(load().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(RunReports.report(load(), List.of(), Instant.now()).reason())
        .contains("audition was killed");
    assertThat(load().times().nextCheckAt()).isNull();
  }

  @Test
  void whenTheOwnerEndsTheKeeperFinishesTheStop() throws Exception {
    Process owner = owner(true);

    owner.getOutputStream().close();
    owner.waitFor();

    Eventually.within(SOON, "nothing left", () -> containers().isEmpty());
    assertThat(Files.readString(store().keeperLog(run))).contains("removing what " + run + " left");
  }

  @Test
  void aKeeperThatIsSentHomeRemovesNothing() throws Exception {
    Process owner = owner(true);

    owner.getOutputStream().write('d');
    owner.getOutputStream().close();
    owner.waitFor();

    Eventually.within(SOON, "no keeper", () -> keepers().isEmpty());
    assertThat(containers()).isNotEmpty();
    assertThat(Files.readString(store().keeperLog(run))).isEmpty();
  }

  @Test
  void whatTheUserWantsToLookAtIsKept() throws Exception {
    Process owner = owner(true);
    store().keep(run);

    owner.destroyForcibly().waitFor();

    Eventually.within(SOON, "no keeper", () -> keepers().isEmpty());
    assertThat(containers()).isNotEmpty();
    assertThat(Leftovers.remove(engine, store())).isEmpty();
    assertThat(containers()).isNotEmpty();
    assertThat(load().verdict()).as("its record ends all the same").isEqualTo(Verdict.ERRORED);
  }

  @Test
  void signalsOfTheTerminalDoNotEndTheKeeper() throws Exception {
    Process owner = owner(true);
    ProcessHandle keeper = keepers().getFirst();
    for (String signal : List.of("INT", "HUP", "TERM")) {
      Program.of("kill", "-" + signal, Long.toString(keeper.pid())).ask(SOON);
    }
    assertThat(keeper.isAlive()).isTrue();

    owner.destroyForcibly().waitFor();

    Eventually.within(SOON, "nothing left", () -> containers().isEmpty());
  }

  @Test
  void whatIsLeftWithoutAKeeperIsRemovedAtTheNextStart() throws Exception {
    Process owner = owner(false);
    assertThat(Leftovers.remove(engine, store())).as("its owner is alive").isEmpty();
    assertThat(containers()).isNotEmpty();

    owner.destroyForcibly().waitFor();

    assertThat(Leftovers.remove(engine, store())).containsExactly(run);
    assertThat(containers()).isEmpty();
    assertThat(load().verdict()).isEqualTo(Verdict.ERRORED);
    assertThat(Leftovers.remove(engine, store())).isEmpty();
  }

  @Test
  void whatIsOfAnotherStoreIsLeftAlone() throws Exception {
    Process owner = owner(false);
    owner.destroyForcibly().waitFor();

    assertThat(Leftovers.remove(engine, new FileRunStore(state.resolve("another")))).isEmpty();

    assertThat(containers()).isNotEmpty();
  }

  private Process owner(boolean withKeeper) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                state.toString(),
                run.value(),
                IMAGE,
                Boolean.toString(withKeeper))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    assertThat(output.readLine()).isEqualTo("up");
    return process;
  }

  private List<Container> containers() {
    return engine
        .client()
        .listContainersCmd()
        .withShowAll(true)
        .withLabelFilter(List.of(Labels.RUN + "=" + run))
        .exec();
  }

  private List<ProcessHandle> keepers() {
    try (Stream<ProcessHandle> all = ProcessHandle.allProcesses()) {
      return all.filter(
              process -> {
                String words = process.info().commandLine().orElse("");
                return words.contains(run.value())
                    && (words.contains("audition-keeper")
                        || words.contains(KeeperProcess.class.getName()));
              })
          .toList();
    }
  }

  private FileRunStore store() {
    return new FileRunStore(state);
  }

  private Run load() {
    return store().load(run).orElseThrow();
  }
}
