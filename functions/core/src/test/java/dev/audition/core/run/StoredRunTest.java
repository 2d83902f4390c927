package dev.audition.core.run;

import static dev.audition.core.task.ContainerCondition.LISTENING;
import static dev.audition.core.testkit.ContainerScript.exits;
import static dev.audition.core.testkit.TaskDefinitions.task;
import static dev.audition.core.testkit.TaskDefinitions.waits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.TaskRuntime.RefusalKind;
import dev.audition.core.run.stored.StoredRun;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The two parts of a run, taken apart and joined at every state it comes through. */
final class StoredRunTest {
  private final World world = new World();
  private List<String> texts = List.of();
  private int written;

  private static int size(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Keep the run as a store does, with the texts that were kept before. */
  private StoredRun keep(Run run) {
    StoredRun stored = StoredRun.of(run, texts);
    assertThat(stored.texts().subList(0, texts.size())).isEqualTo(texts);
    assertThat(stored.run("run")).isEqualTo(run);
    texts = stored.texts();
    written += size(stored.state());
    return stored;
  }

  @Test
  void everyStateOfARunIsJoinedAsItWas() {
    world.defined = SampleHooks.ALL;
    world.hooks.answers("run-1/1/on_fail/1", new HookSender.Answer.NotNow("answered \"503\""));
    world.timeout = Duration.ofHours(1);
    world.step(
        StepKinds.lenient(1, "tests"),
        task().dialled("api").essential("tests", waits("api", LISTENING)).build());
    world.step(StepKinds.skipped(2));
    world.step(StepKinds.other(3));
    world.step(task().container("e2e").build(), "e2e");
    world
        .runtime
        .refuses(RefusalKind.CAPACITY, "full \"now\"")
        .script("tests", 1, exits(1, Duration.ofSeconds(3)));
    world.start();
    keep(world.run());
    for (int i = 0; i < 40; i++) {
      world.pass(Duration.ofSeconds(1));
      world.service.sweep(world.clock.instant());
      keep(world.run());
    }
    world.runtime.unavailable(100);
    world.service.cancel(World.ID, "Ctrl-C", "enough");
    assertThat(world.run().pending()).isNotEmpty();
    keep(world.run());
  }

  @Test
  void randomCompositionsAreJoinedAsTheyWere() {
    for (long seed = 1; seed <= 25; seed++) {
      World random = new World();
      RandomCompositions.of(seed).play(random);
      random.start();
      texts = List.of();
      for (int i = 0; i < 25; i++) {
        random.pass(Duration.ofSeconds(2));
        random.service.sweep(random.clock.instant());
        keep(random.run());
      }
    }
  }

  @Test
  void whatDoesNotChangeIsWrittenOnce() {
    world.step(task().container("api").container("tests").build(), "tests");
    world.start();
    keep(world.run());
    int before = texts.size();
    world.pass(Duration.ofMillis(10));
    StoredRun later = keep(world.run());
    assertThat(texts).hasSize(before);
    assertThat(later.state()).doesNotContain("api", "tests", "audition.yml");
  }

  @Test
  void aRunOfManyStepsKeepsOnlyTheOnesUnderWayInItsState() {
    for (int i = 0; i < 40; i++) {
      world.step(task().container("database").container("tests").build(), "tests");
    }
    world.start();
    for (Run run = world.run(); !run.status().terminal(); run = world.run()) {
      assertThat(size(keep(run).state())).isLessThanOrEqualTo(3_000);
      world.pass(Duration.ofSeconds(5));
      world.service.sweep(world.clock.instant());
    }
    assertThat(size(keep(world.run()).state())).isLessThanOrEqualTo(3_000);
    assertThat(written).isPositive();
  }

  @Test
  void textsThatLookLikeOurMarksStayAsTheyAre() {
    List<String> odd =
        List.of("#1", "'quoted'", "~a1", "^zz", "'", "2026-01-01T00:00:01Z", "2026-01-01T00:00Z");
    Run run = Run.refused(World.ID, "#0", "~not a time", Instant.EPOCH).warned(odd);
    keep(run);
    List<String> many = new ArrayList<>(odd);
    for (int i = 0; i < 300; i++) {
      many.add("warning number " + i);
    }
    assertThat(size(keep(run.warned(many)).state())).isLessThanOrEqualTo(3_000);
  }

  @Test
  void timesBelowAMillisecondStayAsTheyAre() {
    Instant odd = Instant.parse("2026-01-01T00:00:00.123456789Z");
    keep(Run.refused(World.ID, "audition.yml", "No.", odd).told(odd.minusNanos(1), "run", "odd"));
    keep(
        Run.of(World.ID, "audition.yml", null, List.of(StepKinds.build(1)), odd)
            .started(odd.plusNanos(77)));
  }

  @Test
  void aTextThatIsNotThereIsSaidWithItsPlace() {
    StoredRun stored = StoredRun.of(Run.refused(World.ID, "a", "No.", Instant.EPOCH), List.of());
    StoredRun torn = new StoredRun(stored.state(), List.of(), stored.moments());
    assertThatThrownBy(() -> torn.run("run run-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("run run-1")
        .hasMessageContaining("0 texts");
  }
}
