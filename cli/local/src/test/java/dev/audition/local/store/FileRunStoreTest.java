package dev.audition.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileRunStoreTest {
  private static final Instant NOW = ManualClock.START;

  @TempDir private Path folder;

  @Nested
  class AsAnyStore implements RunStoreContract {
    @Override
    public RunStore store() {
      return new FileRunStore(folder);
    }
  }

  @Test
  void aSecondProcessSeesWhatTheFirstCommitted() {
    Run run = queued("run-1");
    store().create(run);
    Run begun = RunStoreContract.begun(run);
    store().commit(begun, 0);

    assertThat(store().load(run.id())).contains(begun);
  }

  @Test
  void ofManyThatCommitUponOneVersionOneWins() {
    Run run = queued("run-1");
    store().create(run);
    CountDownLatch go = new CountDownLatch(1);
    Run begun = RunStoreContract.begun(run);

    List<CompletableFuture<Boolean>> commits =
        IntStream.range(0, 16)
            .mapToObj(
                _ ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          await(go);
                          return store().commit(begun, 0);
                        },
                        Thread::startVirtualThread))
            .toList();
    go.countDown();

    assertThat(commits.stream().map(CompletableFuture::join).filter(won -> won)).hasSize(1);
  }

  @Test
  void whatAnotherProcessWroteWithinTheSameTickIsSeenByACommit() throws IOException {
    Run run = queued("run-1");
    FileRunStore store = store();
    store.create(run);
    Path document = folder.resolve("runs/run-1/run.json");
    var modified = Files.getLastModifiedTime(document);
    String text = Files.readString(document);
    // Same length, same file, same time: only the content tells.
    Files.writeString(document, text.replace("\"version\":0", "\"version\":7"));
    Files.setLastModifiedTime(document, modified);

    assertThat(store.commit(RunStoreContract.begun(run), 0)).isFalse();
    assertThat(store.load(run.id()).orElseThrow().version()).isEqualTo(7);
  }

  @Test
  void aRunsFolderIsForItsOwnerOnly() throws IOException {
    store().create(queued("run-1"));

    assertThat(Files.getPosixFilePermissions(folder.resolve("runs/run-1")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void nothingButTheDocumentIsLeftByCommits() throws IOException {
    FileRunStore store = store();
    Run run = queued("run-1");
    store.create(run);
    store.commit(RunStoreContract.begun(run), 0);

    try (var files = Files.list(folder.resolve("runs/run-1"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("run.json", "lock");
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsNamedWithAWayOut() throws IOException {
    Path file = Files.writeString(folder.resolve("a-file"), "");

    assertThatExceptionOfType(StateUnusableException.class)
        .isThrownBy(() -> new FileRunStore(file).create(queued("run-1")))
        .withMessageContaining(file + "/runs/run-1 cannot be made")
        .withMessageContaining("set XDG_STATE_HOME");
  }

  @Test
  void whatTheSystemSaidIsRepeated() {
    StateUnusableException thrown =
        StateUnusableException.of(
            Path.of("/state/run.json"), "written", new IOException("No space left on device"));

    assertThat(thrown)
        .hasMessage(
            "/state/run.json cannot be written: No space left on device. Make room or give yourself"
                + " the right to it, or set XDG_STATE_HOME to a folder where runs can be kept");
  }

  @Test
  void aDocumentThatIsNoneIsNamedAndHidesNoOtherRun() throws IOException {
    FileRunStore store = store();
    store.create(queued("good"));
    store.create(queued("bad"));
    Files.writeString(folder.resolve("runs/bad/run.json"), "{");

    assertThat(store.newest(10)).containsExactly(new RunId("good"));
    assertThatExceptionOfType(StateUnusableException.class)
        .isThrownBy(() -> store.load(new RunId("bad")))
        .withMessageContaining("audition rm bad");
  }

  @Test
  void aStoreWithoutAFolderHasNoRuns() {
    FileRunStore store = new FileRunStore(folder.resolve("absent"));

    assertThat(store.newest(10)).isEmpty();
    assertThat(store.load(new RunId("run-1"))).isEmpty();
  }

  @Test
  void aCancelRequestReachesTheOwner() {
    FileRunStore owner = store();
    owner.create(queued("run-1"));
    RunId id = new RunId("run-1");
    assertThat(owner.cancelRequest(id)).isEmpty();

    store().requestCancel(id, new CancelRequest("audition cancel", "too slow"));
    store().requestCancel(id, new CancelRequest("somebody else", ""));

    assertThat(owner.cancelRequest(id)).contains(new CancelRequest("audition cancel", "too slow"));
  }

  @Test
  void aCancelRequestForNoRunMakesNone() {
    store().requestCancel(new RunId("nobody"), new CancelRequest("audition cancel", ""));

    assertThat(store().ids()).isEmpty();
  }

  @Test
  void theNewestEndedRunsStayAndSoDoThoseThatGoOnOrAreKept() {
    FileRunStore store = store();
    for (int i = 0; i < 5; i++) {
      store.create(Run.refused(new RunId("ended-" + i), "x", "No.", NOW.plusSeconds(i)));
    }
    store.create(queued("going-on"));
    store.keep(new RunId("ended-0"));

    store.prune(2);

    assertThat(store.ids())
        .extracting(RunId::value)
        .containsExactly("ended-0", "ended-3", "ended-4", "going-on");
  }

  @Test
  void aRunThatSomebodyLooksAfterIsNotPruned() {
    FileRunStore store = store();
    RunId id = new RunId("ended");
    try (RunLease _ = store.tryLease(id).orElseThrow()) {
      store.create(Run.refused(id, "x", "No.", NOW));
      store.prune(0);
      assertThat(store.ids()).containsExactly(id);
    }
    store.prune(0);
    assertThat(store.ids()).isEmpty();
  }

  @Test
  void aLeaseHasOneHolder() {
    RunId id = new RunId("run-1");
    try (RunLease _ = store().tryLease(id).orElseThrow()) {
      assertThat(store().tryLease(id)).isEmpty();
    }
    store().tryLease(id).orElseThrow().close();
  }

  @Test
  void logsOfATaskAreInItsRunsFolder() {
    assertThat(store().logFolder("run-1/2/1/3")).isEqualTo(folder.resolve("runs/run-1/logs/2-1-3"));
  }

  @Test
  void theStateFolderIsWhereTheEnvironmentSays() {
    assertThat(FileRunStore.stateFolder(Map.of("XDG_STATE_HOME", "/state", "HOME", "/home/zoe")))
        .isEqualTo(Path.of("/state/audition"));
    assertThat(FileRunStore.stateFolder(Map.of("XDG_STATE_HOME", "relative", "HOME", "/home/zoe")))
        .isEqualTo(Path.of("/home/zoe/.local/state/audition"));
    assertThat(FileRunStore.stateFolder(Map.of("HOME", "/home/zoe")))
        .isEqualTo(Path.of("/home/zoe/.local/state/audition"));
  }

  private FileRunStore store() {
    return new FileRunStore(folder);
  }

  private static Run queued(String id) {
    return RunStoreContract.queued(id, NOW);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
