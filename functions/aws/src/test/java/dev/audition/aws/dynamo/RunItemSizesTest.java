package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** How large items get: each kilobyte of the state is paid with each commit. */
final class RunItemSizesTest {
  private final String table = LocalDynamo.table();
  private final StoredItems items = new StoredItems(table);
  private final DynamoRunStore store =
      new DynamoRunStore(LocalDynamo.access(), table, Duration.ofDays(30), new ManualClock());

  @Test
  void theStateOfTheLargestTaskStaysWithin4KbWhateverHappensToIt() {
    LargeRun large = new LargeRun();
    assertThat(store.create(large.queued())).isTrue();
    int largest = 0;
    int commits = 0;
    Run last = large.queued();
    for (Run run : large.states()) {
      assertThat(store.commit(run, run.version() - 1)).isTrue();
      assertThat(store.load(run.id())).contains(run);
      largest = Math.max(largest, Attributes.size(items.item(run.id(), RunItems.STATE_SORT)));
      commits++;
      last = run;
    }
    assertThat(last.status().terminal()).isTrue();
    assertThat(commits).isGreaterThan(15);
    assertThat(largest).isLessThanOrEqualTo(4096);
    System.out.printf("state of 10 containers after %d commits: at most %,d B%n", commits, largest);
    for (Map<String, AttributeValue> item : items.of(LargeRun.ID)) {
      System.out.printf("  %-14s %,6d B%n", StoredItems.sort(item), Attributes.size(item));
    }
  }

  @Test
  void everyItemOfARunExpiresWithIt() {
    LargeRun large = new LargeRun();
    store.create(large.queued());
    large.states().forEach(run -> store.commit(run, run.version() - 1));
    store.putText(LargeRun.ID, "request.json", "{}");
    List<Map<String, AttributeValue>> stored = items.of(LargeRun.ID);
    assertThat(stored).hasSizeGreaterThan(3);
    assertThat(stored)
        .allSatisfy(
            item -> {
              assertThat(item).containsKeys(TableLayout.SCHEMA, TableLayout.EXPIRES_AT);
              assertThat(Attributes.longOf(item, TableLayout.EXPIRES_AT)).isGreaterThan(1_000_000);
            });
    assertThat(Attributes.longOf(items.item(LargeRun.ID, "run"), TableLayout.EXPIRES_AT))
        .isEqualTo(large.queued().times().createdAt().plus(Duration.ofDays(30)).getEpochSecond());
  }
}
