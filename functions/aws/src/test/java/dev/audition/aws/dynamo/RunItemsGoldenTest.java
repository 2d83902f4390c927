package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunJson;
import dev.audition.core.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Items as a release stored them, read by this one. With {@code -Dgolden.update=true} they are
 * written anew, which only a new {@link RunItems#SCHEMA} is a reason for.
 */
final class RunItemsGoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/dev/audition/aws/dynamo");
  private static final Path ITEMS = FOLDER.resolve("run-schema-1.items.jsonl");
  private static final Path RUN = FOLDER.resolve("run-schema-1.run.json");

  private final String table = LocalDynamo.table();
  private final StoredItems items = new StoredItems(table);
  private final DynamoRunStore store =
      new DynamoRunStore(LocalDynamo.access(), table, Duration.ofDays(30), new ManualClock());

  private void store() {
    LargeRun large = new LargeRun();
    store.create(large.queued());
    large.states().forEach(run -> store.commit(run, run.version() - 1));
  }

  @Test
  void whatThePreviousReleaseStoredIsRead() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      store();
      Files.createDirectories(FOLDER);
      Files.writeString(ITEMS, StoredItems.write(items.of(LargeRun.ID)));
      Files.writeString(RUN, RunJson.write(store.load(LargeRun.ID).orElseThrow()) + "\n");
    }
    StoredItems.read(Files.readString(ITEMS)).forEach(items::put);
    Run expected = RunJson.read(Files.readString(RUN), RUN.toString());
    assertThat(store.load(LargeRun.ID)).contains(expected);
  }

  @Test
  void whatThePreviousReleaseStoredGoesOn() throws IOException {
    StoredItems.read(Files.readString(ITEMS)).forEach(items::put);
    Run run = store.load(LargeRun.ID).orElseThrow();
    Run next = run.withVersion(run.version() + 1);
    assertThat(store.commit(next, run.version())).isTrue();
    assertThat(store.load(LargeRun.ID)).contains(next);
  }

  @Test
  void whatALaterReleaseStoredIsNotGuessedAt() {
    store();
    Map<String, AttributeValue> state = new HashMap<>(items.item(LargeRun.ID, RunItems.STATE_SORT));
    state.put(TableLayout.SCHEMA, Attributes.number(RunItems.SCHEMA + 1));
    items.put(state);
    assertThatThrownBy(() -> store.load(LargeRun.ID))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("schema 2")
        .hasMessageContaining("later release");
  }
}
