package dev.audition.cli.render;

import dev.audition.core.run.Progress;
import dev.audition.core.task.ContainerDescription;
import dev.audition.core.task.LastStatus;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Progress on a terminal: one line per container with its state and elapsed time at the bottom,
 * candidates' output running above it.
 */
public final class LiveView implements RunView {
  private static final int REDRAW_MILLIS = 200;
  private static final String CLEAR_BELOW = "\r\u001b[J";

  private final PrintStream out;
  private final Style style;
  private final ContainerNames names;
  private final InstantSource clock;
  private final int width;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Map<String, String> pulls = new LinkedHashMap<>();
  private final ScheduledExecutorService redrawing =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("live-view").factory());
  private int drawn;
  private boolean closed;

  /** One container on the screen. */
  private record Row(
      String name,
      boolean candidate,
      String state,
      @Nullable Instant startedAt,
      @Nullable Instant stoppedAt) {}

  /**
   * Draw on a terminal.
   *
   * @param width columns of the terminal; longer lines are cut
   */
  public LiveView(
      PrintStream out, Style style, ContainerNames names, InstantSource clock, int width) {
    this.out = out;
    this.style = style;
    this.names = names;
    this.clock = clock;
    this.width = width;
    var _ =
        redrawing.scheduleAtFixedRate(
            this::redraw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void say(String line) {
    above(line);
  }

  @Override
  public synchronized void on(Progress progress) {
    if (closed) {
      return; // the verdict is told; how the rest is removed is nobody's concern
    }
    switch (progress) {
      case Progress.StepStarted step -> {
        rows.clear();
        above(style.bold("step " + step.name()));
      }
      case Progress.StepEnded ended -> {
        if (ended.step().verdict() != null) {
          above("step " + ended.step().name() + " " + style.verdict(ended.step().verdict()));
        }
      }
      case Progress.TaskChanged changed -> {
        for (ContainerDescription container : changed.task().containers()) {
          show(changed.task().startedBy(), container);
        }
        redraw();
      }
      case Progress.ImagePull pull -> {
        if (pull.state() == Progress.PullState.PULLING) {
          pulls.put(pull.image(), pull.status());
        } else {
          pulls.remove(pull.image());
          above(style.dim(PullText.of(pull)));
        }
      }
      case Progress.BuildOutput build ->
          above(style.dim(build.name() + " build | " + build.line()));
      case Progress.LogLine log -> {
        if (names.candidate(log.startedBy(), log.containerName())) {
          above(
              style.cyan(padded(names.service(log.startedBy(), log.containerName())) + " | ")
                  + log.line());
        }
      }
      case Progress.Said said -> above(said.text());
    }
  }

  private void show(String startedBy, ContainerDescription container) {
    String state = ContainerStateText.text(container, names.isAwaited(startedBy, container.name()));
    rows.put(
        startedBy + " " + container.name(),
        new Row(
            names.service(startedBy, container.name()),
            names.candidate(startedBy, container.name()),
            container.lastStatus() == LastStatus.STOPPED && !container.reason().isEmpty()
                ? state + ": " + container.reason()
                : state,
            container.startedAt(),
            container.stoppedAt()));
  }

  private void above(String line) {
    erase();
    out.println(line);
    draw();
  }

  private synchronized void redraw() {
    if (!closed) {
      erase();
      draw();
    }
  }

  private void erase() {
    if (drawn > 0) {
      out.print("\u001b[" + drawn + "A" + CLEAR_BELOW);
      drawn = 0;
    }
  }

  private void draw() {
    List<String> lines = new ArrayList<>();
    pulls.forEach((image, status) -> lines.add(style.dim("  pulling " + image + " " + status)));
    rows.values().forEach(row -> lines.add(line(row)));
    StringBuilder screen = new StringBuilder();
    lines.forEach(line -> screen.append(cut(line)).append('\n'));
    out.print(screen);
    out.flush();
    drawn = lines.size();
  }

  private String line(Row row) {
    String elapsed = "";
    if (row.startedAt() != null) {
      Instant end = row.stoppedAt() == null ? clock.instant() : row.stoppedAt();
      elapsed = Seconds.text(Duration.between(row.startedAt(), end));
    }
    String state =
        switch (row.state()) {
          case "waiting" -> style.dim(row.state());
          case "healthy", "listening", "exited 0" -> style.green(row.state());
          case "running" -> style.cyan(row.state());
          default -> style.red(row.state());
        };
    return "  "
        + (row.candidate() ? style.bold(padded(row.name())) : padded(row.name()))
        + "  "
        + " ".repeat(Math.max(0, 9 - elapsed.length()))
        + elapsed
        + "  "
        + state;
  }

  private String padded(String name) {
    return name + " ".repeat(Math.max(0, names.width() - name.length()));
  }

  /** A line that wraps would break the count of lines to erase. */
  private String cut(String line) {
    int excess = TextTable.width(line) - (width - 1);
    return excess <= 0
        ? line
        : line.substring(0, Math.max(0, line.length() - excess - 4)) + "\u001b[0m";
  }

  @Override
  public synchronized void close() {
    closed = true;
    redrawing.shutdownNow();
    erase();
    out.flush();
  }
}
