package dev.audition.cli.render;

import dev.audition.core.run.Progress;
import dev.audition.core.task.ContainerDescription;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Progress as lines, for pipes and logs: each change of a container once, candidates' output. */
public final class PlainView implements RunView {
  private final PrintStream out;
  private final Style style;
  private final ContainerNames names;
  private final Instant start;
  private final Map<String, String> shown = new HashMap<>();
  private boolean closed;

  /** Write to a stream; times are counted from {@code start}. */
  public PlainView(PrintStream out, Style style, ContainerNames names, Instant start) {
    this.out = out;
    this.style = style;
    this.names = names;
    this.start = start;
  }

  @Override
  public synchronized void say(String line) {
    out.println(line);
  }

  @Override
  public synchronized void on(Progress progress) {
    if (closed) {
      return; // the verdict is told; how the rest is removed is nobody's concern
    }
    switch (progress) {
      case Progress.StepStarted step -> at(step.at(), "step " + step.name() + " started");
      case Progress.StepEnded step -> at(step.at(), stepEnded(step));
      case Progress.TaskChanged changed ->
          changed
              .task()
              .containers()
              .forEach(container -> container(changed.task().startedBy(), container, changed.at()));
      case Progress.ImagePull pull -> {
        if (changed("pull " + pull.image(), pull.state().name())) {
          out.println(style.dim(PullText.of(pull)));
        }
      }
      case Progress.BuildOutput build ->
          out.println(style.dim(build.name() + " build | " + build.line()));
      case Progress.LogLine log -> {
        if (names.candidate(log.startedBy(), log.containerName())) {
          out.println(prefix(log) + log.line());
        }
      }
      case Progress.Said said -> out.println(said.text());
    }
  }

  private static String stepEnded(Progress.StepEnded ended) {
    return "step "
        + ended.step().name()
        + " "
        + (ended.step().verdict() == null ? "ended" : ended.step().verdict());
  }

  private void container(String startedBy, ContainerDescription container, Instant at) {
    String state = ContainerStateText.text(container, names.isAwaited(startedBy, container.name()));
    if (changed(startedBy + " " + container.name(), state)) {
      String reason = container.reason().isEmpty() ? "" : ": " + container.reason();
      at(at, names.service(startedBy, container.name()) + " " + state + reason);
    }
  }

  private boolean changed(String subject, String state) {
    return !state.equals(shown.put(subject, state));
  }

  private void at(Instant instant, String text) {
    String time = Seconds.text(Duration.between(start, instant));
    out.println(style.dim("[" + " ".repeat(Math.max(0, 7 - time.length())) + time + "] ") + text);
  }

  private String prefix(Progress.LogLine log) {
    String name = names.service(log.startedBy(), log.containerName());
    return style.cyan(name + " ".repeat(Math.max(0, names.width() - name.length())) + " | ");
  }

  @Override
  public synchronized void close() {
    closed = true;
    out.flush();
  }
}
