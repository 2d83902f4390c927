package dev.audition.local.keeper;

import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.size.TaskSize;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.testkit.ContainerDraft;
import dev.audition.core.testkit.RunStoreContract;
import dev.audition.local.docker.DockerEngine;
import dev.audition.local.docker.DockerSettings;
import dev.audition.local.docker.EngineAddresses;
import dev.audition.local.runtime.DockerTaskRuntime;
import dev.audition.local.runtime.EngineImages;
import dev.audition.local.runtime.RuntimeSettings;
import dev.audition.local.store.FileRunStore;
import dev.audition.local.store.RunLease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * A process that owns a run with one task of two containers, one of which takes its time to stop.
 * It says {@code up} when both run, and then does what its input tells it.
 */
final class OwnerProcess {
  private OwnerProcess() {}

  /** Run until told: state folder, run id, image, whether there is a keeper. */
  public static void main(String[] arguments) throws IOException {
    Path state = Path.of(arguments[0]);
    RunId id = new RunId(arguments[1]);
    FileRunStore store = new FileRunStore(state);
    DockerEngine engine =
        DockerEngine.connect(
            EngineAddresses.find(System.getenv(), DockerSettings.read(System.getenv())));
    RunLease lease = store.tryLease(id).orElseThrow();
    Run run = RunStoreContract.queued(id.value(), Instant.now());
    store.create(run);
    store.commit(RunStoreContract.begun(run), 0);
    Keeper keeper =
        Boolean.parseBoolean(arguments[3]) ? Keeper.start(id, state, engine.address()) : null;
    launch(engine, store, id, arguments[2]);
    System.out.println("up");
    switch (System.in.read()) {
      case 'd' -> {
        if (keeper != null) {
          keeper.dismiss();
        }
        Runtime.getRuntime().halt(0);
      }
      default -> Runtime.getRuntime().halt(lease.hashCode() == 0 ? 1 : 0);
    }
  }

  private static void launch(DockerEngine engine, FileRunStore store, RunId id, String image) {
    DockerTaskRuntime runtime =
        new DockerTaskRuntime(
            engine,
            new EngineImages(engine),
            new RuntimeSettings(
                "owner-" + id, store::logFolder, false, InstantSource.system(), _ -> {}));
    TaskDefinition definition =
        new TaskDefinition(
            "keeper-test",
            new TaskSize(256, 512),
            List.of(
                ContainerDraft.of("database", image)
                    .shell("trap 'sleep 1; exit 0' TERM; sleep 1000 & wait")
                    .stopTimeout(Duration.ofSeconds(20))
                    .build(),
                ContainerDraft.of("tests", image)
                    .entryPoint("sleep")
                    .command("1000")
                    .stopTimeout(Duration.ofSeconds(1))
                    .build()),
            List.of(),
            new LinkedHashMap<>(),
            "");
    runtime.launch(new Launch(id + "/1/1/1", "token-" + id, definition));
    while (runtime.find(id + "/1/1/1").getFirst().containers().stream()
        .anyMatch(container -> container.startedAt() == null)) {
      Thread.onSpinWait();
    }
  }
}
