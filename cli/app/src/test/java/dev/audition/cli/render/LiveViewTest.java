package dev.audition.cli.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.Progress;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.DesiredStatus;
import dev.audition.core.task.HealthStatus;
import dev.audition.core.task.LastStatus;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveViewTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:05Z");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();

  @Test
  void aContainersLineShowsItsStateAndHowLongItHasRun() {
    try (LiveView view = view(80)) {
      view.on(changed("db", "HEALTHY"));

      assertThat(written.toString(StandardCharsets.UTF_8)).contains("db      5.0 s  healthy\n");
    }
  }

  @Test
  void wordsStandAboveTheContainersAndAreNotErased() {
    try (LiveView view = view(80)) {
      view.on(changed("db", "HEALTHY"));
      view.say("a warning");
    }

    assertThat(written.toString(StandardCharsets.UTF_8)).contains("\u001b[1A\r\u001b[Ja warning\n");
  }

  @Test
  void aLineIsNeverWiderThanTheTerminal() {
    try (LiveView view = view(30)) {
      view.on(changed("a-service-with-a-very-long-name-indeed", "HEALTHY"));

      assertThat(written.toString(StandardCharsets.UTF_8).lines())
          .allSatisfy(line -> assertThat(TextTable.width(line)).isLessThan(30));
    }
  }

  private LiveView view(int width) {
    return new LiveView(
        new PrintStream(written, true, StandardCharsets.UTF_8),
        Style.PLAIN,
        new ContainerNames(List.of()),
        InstantSource.fixed(NOW),
        width);
  }

  private static Progress changed(String name, String health) {
    return new Progress.TaskChanged(
        new TaskDescription(
            new TaskArn("arn:audition:local:task/1"),
            "a-run/1/1/1",
            1,
            LastStatus.RUNNING,
            DesiredStatus.RUNNING,
            List.of(
                new ContainerDescription(
                    name,
                    LastStatus.RUNNING,
                    null,
                    "",
                    HealthStatus.valueOf(health),
                    true,
                    NOW.minusSeconds(5),
                    null,
                    0,
                    null)),
            null,
            "",
            NOW.minusSeconds(6),
            NOW.minusSeconds(5),
            null),
        NOW);
  }
}
