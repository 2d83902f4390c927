package dev.audition.core.verdict;

/** What became of a candidate; the same words serve for services, whose outcome never decides. */
public sealed interface CandidateOutcome {
  /** Return the word that reports use. */
  String word();

  /** It ended by itself, with an exit code of its own choice. */
  record Exited(int exitCode) implements CandidateOutcome {
    @Override
    public String word() {
      return "exited";
    }
  }

  /**
   * A signal ended it, and the signal was not ours.
   *
   * @param signal its number; the exit code is 128 more
   */
  record Signalled(int signal) implements CandidateOutcome {
    /** Return the exit code that says so. */
    public int exitCode() {
      return 128 + signal;
    }

    @Override
    public String word() {
      return "signalled";
    }
  }

  /** It was killed because it wanted more memory than it has. */
  record OutOfMemory(int exitCode) implements CandidateOutcome {
    @Override
    public String word() {
      return "out-of-memory";
    }
  }

  /**
   * It never ran and never will.
   *
   * @param reason why, for the user, without a final full stop
   */
  record NeverStarted(String reason, Blame blame) implements CandidateOutcome {
    @Override
    public String word() {
      return "never-started";
    }
  }

  /** It runs, somebody waits for its health, and its check says unhealthy. */
  record Unhealthy(String reason) implements CandidateOutcome {
    @Override
    public String word() {
      return "unhealthy";
    }
  }

  /** Nobody knows how it ended: its host or its task went away. */
  record Lost(String reason, Blame blame) implements CandidateOutcome {
    @Override
    public String word() {
      return "lost";
    }
  }

  /**
   * It was ended together with its task, before its own end.
   *
   * @param because the verdict of what ended the task
   */
  record Stopped(String reason, Verdict because) implements CandidateOutcome {
    @Override
    public String word() {
      return "stopped";
    }
  }
}
