package dev.audition.local;

import dev.audition.core.run.Run;
import dev.audition.core.run.port.ForwardingRunStore;
import dev.audition.core.run.port.RunStore;
import java.util.function.Consumer;

/** Tells somebody of each state of a run that was committed by this process. */
final class WatchedRunStore extends ForwardingRunStore {
  private final Consumer<Run> watcher;

  WatchedRunStore(RunStore store, Consumer<Run> watcher) {
    super(store);
    this.watcher = watcher;
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    boolean committed = super.commit(next, expectedVersion);
    if (committed) {
      watcher.accept(next);
    }
    return committed;
  }
}
