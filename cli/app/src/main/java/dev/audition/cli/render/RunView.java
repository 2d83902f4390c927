package dev.audition.cli.render;

import dev.audition.core.run.Progress;

/** Shows a run while it goes on. */
public interface RunView extends Progress.Listener, AutoCloseable {
  /** Show a line among the progress, such as a warning. */
  void say(String line);

  /** Stop showing; what is on the screen stays there as plain lines. */
  @Override
  void close();

  /** Shows nothing. */
  RunView SILENT =
      new RunView() {
        @Override
        public void say(String line) {}

        @Override
        public void on(Progress progress) {}

        @Override
        public void close() {}
      };
}
