package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunEvent;
import dev.audition.core.run.RunId;
import dev.audition.core.run.RunMachine;
import dev.audition.core.testkit.ManualClock;
import dev.audition.core.testkit.RunStoreContract;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/** What goes wrong between a store and its table. */
final class RunStoreTroubleTest {
  private final String table = LocalDynamo.table();
  private final StoredItems items = new StoredItems(table);
  private final Run queued = RunStoreContract.queued("run-1", ManualClock.START);
  private final RunId id = queued.id();

  private DynamoRunStore store(AwsAccess access) {
    return new DynamoRunStore(access, table, Duration.ofDays(30), new ManualClock());
  }

  private DynamoRunStore store() {
    return store(LocalDynamo.access());
  }

  @Test
  void aCommitThatIsSentAgainAndFindsItselfIsNoLostRace() {
    store().create(queued);
    assertThat(store().commit(RunStoreContract.begun(queued), 0)).isTrue();
    Map<String, AttributeValue> state = items.item(id, RunItems.STATE_SORT);
    Map<String, AttributeValue> more = new HashMap<>(state);
    more.put(TableLayout.SORT, Attributes.text("frame#00077"));
    try (DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder())) {
      RunWrites writes = new RunWrites(client, table);
      assertThat(writes.commit(id, batch(state, List.of()), 0)).isTrue();
      assertThat(writes.commit(id, batch(state, List.of(more)), 0)).isTrue();
      assertThat(writes.create(id, batch(state, List.of(more)))).isFalse();
    }
  }

  private static RunBatch batch(
      Map<String, AttributeValue> state, List<Map<String, AttributeValue>> more) {
    return new RunBatch(state, more, RunItems.Settled.NOTHING);
  }

  @Test
  void ofManyCommitsUponOneVersionOneWins() throws Exception {
    store().create(queued);
    Run begun = RunStoreContract.begun(queued);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Boolean>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Run mine =
            RunMachine.apply(
                    begun, new RunEvent.CancelRequested("thread " + i, "first"), ManualClock.START)
                .next()
                .withVersion(1);
        answers.add(threads.submit(() -> store().commit(mine, 0)));
      }
      int won = 0;
      for (Future<Boolean> answer : answers) {
        won += answer.get() ? 1 : 0;
      }
      assertThat(won).isEqualTo(1);
    }
    assertThat(store().load(id).orElseThrow().version()).isEqualTo(1);
  }

  @Test
  void aCommitOfAStoreThatNeverLoadedTheRunAddsToWhatIsThere() {
    store().create(queued);
    Run begun = RunStoreContract.begun(queued);
    assertThat(store().commit(begun, 0)).isTrue();
    assertThat(store().load(id)).contains(begun);
    assertThat(store().commit(begun.withVersion(7), 5)).isFalse();
  }

  /** A query is no snapshot: it may see a commit's state before the commit's other items. */
  @Test
  void aLoadThatMeetsACommitHalfWayReadsAgain() {
    LargeRun large = new LargeRun();
    store().create(large.queued());
    DynamoRunStore writer = store();
    large.states().forEach(run -> writer.commit(run, run.version() - 1));
    Run last = writer.load(LargeRun.ID).orElseThrow();
    Map<String, AttributeValue> late =
        items.of(LargeRun.ID).stream()
            .filter(item -> StoredItems.sort(item).startsWith("moment#"))
            .toList()
            .getLast();
    items.remove(late);
    List<Boolean> queries = new ArrayList<>();
    AwsAccess access =
        LocalDynamo.access()
            .watchedBy(
                new ExecutionInterceptor() {
                  @Override
                  public void afterExecution(
                      Context.AfterExecution context, ExecutionAttributes attributes) {
                    if (context.request() instanceof QueryRequest) {
                      queries.add(true);
                      items.put(late);
                    }
                  }
                });
    assertThat(store(access).load(LargeRun.ID)).contains(last);
    assertThat(queries).hasSize(2);
  }

  @Test
  void itemsOfACommitWhoseStateWasNotSeenYetAreLeftOut() {
    LargeRun large = new LargeRun();
    Run before = large.queued();
    store().create(before);
    int torn = 0;
    for (Run run : large.states()) {
      int known = items.of(LargeRun.ID).size();
      Map<String, AttributeValue> state = items.item(LargeRun.ID, RunItems.STATE_SORT);
      assertThat(store().commit(run, before.version())).isTrue();
      if (items.of(LargeRun.ID).size() > known) {
        Map<String, AttributeValue> next = items.item(LargeRun.ID, RunItems.STATE_SORT);
        items.put(state);
        assertThat(store().load(LargeRun.ID)).contains(before);
        items.put(next);
        torn++;
      }
      before = run;
    }
    assertThat(torn).isPositive();
    assertThat(store().load(LargeRun.ID)).contains(before);
  }

  @Test
  void aRunWhoseItemsAreMissingForGoodIsTriedAgainLater() {
    LargeRun large = new LargeRun();
    store().create(large.queued());
    large.states().forEach(run -> store().commit(run, run.version() - 1));
    items.remove(items.item(LargeRun.ID, "frame#00000"));
    assertThatThrownBy(() -> store().load(LargeRun.ID))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isTrue());
  }

  @Test
  void noAnswerMeansTryAgain() {
    DynamoRunStore nowhere = store(LocalAccess.at(URI.create("http://127.0.0.1:1")));
    assertThatThrownBy(() -> nowhere.create(queued))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isTrue());
    assertThatThrownBy(() -> nowhere.load(id))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isTrue());
  }

  @Test
  void aTableThatIsNotThereIsNotTriedAgain() {
    DynamoRunStore wrong =
        new DynamoRunStore(LocalDynamo.access(), "another", Duration.ofDays(1), new ManualClock());
    assertThatThrownBy(() -> wrong.load(id))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse())
        .satisfies(e -> assertThat(e).hasMessageContaining("load the run run-1"));
  }

  @Test
  void aTextTooLargeForAnItemIsRefusedWithItsSize() {
    byte[] noise = new byte[600_000];
    new Random(7).nextBytes(noise);
    String text = Base64.getEncoder().encodeToString(noise);
    assertThatThrownBy(() -> store().putText(id, "plan.json", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("plan.json")
        .hasMessageContaining("390,000");
  }

  @Test
  void longTextsArePackedAndReadAsTheyWere() {
    String text = "{\"services\": [\"日本\"]}\n".repeat(20_000);
    store().putText(id, "plan-1.json", text);
    assertThat(store().text(id, "plan-1.json")).contains(text);
    assertThat(Attributes.size(items.item(id, "text#plan-1.json"))).isLessThan(10_000);
  }
}
