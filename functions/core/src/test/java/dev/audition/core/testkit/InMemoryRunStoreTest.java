package dev.audition.core.testkit;

import dev.audition.core.run.port.RunStore;

final class InMemoryRunStoreTest implements RunStoreContract {
  @Override
  public RunStore store() {
    return new InMemoryRunStore();
  }
}
