package dev.audition.local;

import dev.audition.core.image.ImageConfigs;
import dev.audition.core.pipeline.ProjectRequest;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunReport;
import dev.audition.core.source.SourceFiles;
import dev.audition.local.docker.EngineAddress;
import dev.audition.local.docker.EngineCheck;
import dev.audition.local.workspace.WorkTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What the command line asks of one machine.
 *
 * <p>Nothing is opened or connected before a method needs it, so that reading and planning work
 * without an engine. Every method may throw {@link LocalException}, with words for the user, where
 * the machine itself is in the way (a full disk, a state folder that cannot be written).
 */
public interface Auditions extends AutoCloseable {

  /** Return the files of this machine, shown relative to the current folder. */
  SourceFiles files();

  /**
   * Make an id that no run had before, sortable by time.
   *
   * @param name what is run, such as the folder's name; anything a run id cannot hold is replaced
   */
  RunId newRunId(String name);

  /**
   * Find the work tree around a file and what git says of it; never fails: without git it is the
   * file's folder.
   *
   * @param file absolute path of a file or folder
   * @param runId the value of {@code CF_BUILD_ID}
   */
  WorkTree workTree(Path file, RunId runId);

  /** Return the image configurations the engine has; none if it does not answer. */
  ImageConfigs imageConfigs();

  /**
   * Read what was named and plan every step, with the image configurations the engine has. No
   * engine is needed: without one the configurations are unknown, and the plans say so.
   */
  PlannedProject plan(ProjectRequest request);

  /**
   * Run a project that was read, and return when its verdict is committed and the stop is under way
   * (see {@link RunOptions} for waiting longer). A refused project gives a report with the verdict
   * REFUSED; nothing is started then.
   */
  RunReport run(RunId runId, PlannedProject planned, RunOptions options);

  /**
   * Ask a run of this machine to end, whichever process owns it. Returns at once; safe in a
   * shutdown hook.
   */
  default CancelAnswer cancel(RunId runId) {
    return cancel(runId, "audition cancel");
  }

  /**
   * Ask a run to end, as {@link #cancel(RunId)} does.
   *
   * @param by what asks, in the words of the verdict: "cancelled by ..."
   */
  CancelAnswer cancel(RunId runId, String by);

  /** Return every run that is known here, newest first. */
  List<RunSummary> runs();

  /** Return what a run came to, or how far it is; empty if there is no such run. */
  Optional<RunReport> report(RunId runId);

  /** Return the log files of a run, in the order the containers were first seen. */
  List<LogFile> logFiles(RunId runId);

  /** Return the containers of a run that the engine still has, those that run first. */
  List<RunContainer> containers(RunId runId);

  /**
   * Remove a run: its containers, networks and volumes, its logs and its record.
   *
   * @return false if there is no such run
   * @throws LocalException if the run still goes on: cancel it first
   */
  boolean remove(RunId runId);

  /** Return which engine is meant and why; nothing is sent. */
  EngineAddress engineAddress();

  /** Look at the engine as {@code doctor} does; bounded to a few seconds, never throws. */
  EngineCheck engineCheck();

  /** Let go of connections; runs of this process must have ended. */
  @Override
  void close();

  /** The answer to {@link #cancel}. */
  enum CancelAnswer {
    /** Its owner has been told. */
    ASKED,
    /** It has ended before. */
    ENDED,
    /** There is no such run. */
    UNKNOWN
  }
}
