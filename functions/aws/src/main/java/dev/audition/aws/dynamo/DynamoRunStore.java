package dev.audition.aws.dynamo;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.aws.dynamo.KnownRuns.Known;
import dev.audition.aws.dynamo.RunItems.Joined;
import dev.audition.aws.dynamo.RunItems.Settled;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.stored.StoredRun;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;

/**
 * Runs in the one table: {@link RunItems}. Loads are consistent; a commit is one write, a
 * transaction only where it has texts or moments to add. Safe for many threads.
 *
 * <p>What DynamoDB does not answer, or answers with throttling, after the SDK's own tries is a
 * {@link CloudException}.
 */
public final class DynamoRunStore implements RunStore {
  /** A commit is seen in parts for a moment only. */
  private static final int MOST_READS = 5;

  private static final Pattern TEXT_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*");

  private final DynamoDbClient client;
  private final String table;
  private final Duration retention;
  private final InstantSource clock;
  private final KnownRuns known = new KnownRuns();
  private final RunWrites writes;

  /**
   * Make a store.
   *
   * @param retention after which a run is removed, counted from its creation
   * @param clock says from when a text is kept, and how far away a run's next check is
   */
  public DynamoRunStore(AwsAccess access, String table, Duration retention, InstantSource clock) {
    this.client = access.client(DynamoDbClient.builder());
    this.table = table;
    this.retention = retention;
    this.clock = clock;
    this.writes = new RunWrites(client, table);
  }

  @Override
  public boolean create(Run run) {
    StoredRun stored = StoredRun.of(run, List.of());
    RunBatch batch = batch(run, stored, Settled.NOTHING);
    return writes.create(run.id(), batch) && remember(run, stored, batch);
  }

  @Override
  public Optional<Run> load(RunId id) {
    return read(id).map(joined -> joined.stored().run("run " + id));
  }

  @Override
  public boolean commit(Run next, long expectedVersion) {
    Optional<Known> before =
        known
            .at(next.id(), expectedVersion)
            .or(() -> read(next.id()).map(DynamoRunStore::known))
            .filter(seen -> seen.version() == expectedVersion);
    if (before.isEmpty()) {
      return false;
    }
    StoredRun stored = StoredRun.of(next, before.get().texts());
    RunBatch batch = batch(next, stored, before.get().settled());
    return writes.commit(next.id(), batch, expectedVersion) && remember(next, stored, batch);
  }

  private RunBatch batch(Run run, StoredRun stored, Settled before) {
    Instant expiresAt = run.times().createdAt().plus(retention);
    return RunBatch.of(run, stored, before, expiresAt, clock.instant());
  }

  private boolean remember(Run run, StoredRun stored, RunBatch batch) {
    known.put(run.id(), new Known(run.version(), stored.texts(), batch.settled()));
    return true;
  }

  private static Known known(Joined joined) {
    return new Known(joined.version(), joined.stored().texts(), joined.settled());
  }

  /**
   * Read all of a run but its texts by name. A query is no snapshot: it may meet a commit half way.
   * The state says what belongs to it, so that this is seen, and read once more.
   */
  private Optional<Joined> read(RunId id) {
    for (int i = 0; i < MOST_READS; i++) {
      List<Map<String, AttributeValue>> items = query("load the run " + id, itemsOf(id));
      Optional<Map<String, AttributeValue>> state = RunItems.stateOf(items);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      Optional<Joined> joined = RunItems.join(state.get(), items);
      if (joined.isPresent()) {
        known.put(id, known(joined.get()));
        return joined;
      }
    }
    throw new CloudException(
        "Could not load the run %s: items of it were missing %d times in a row"
            .formatted(id, MOST_READS),
        true,
        "",
        null);
  }

  private QueryRequest itemsOf(RunId id) {
    return QueryRequest.builder()
        .tableName(table)
        .consistentRead(true)
        .keyConditionExpression("pk = :run AND sk BETWEEN :first AND :last")
        .expressionAttributeValues(
            Map.of(
                ":run", RunItems.partition(id),
                ":first", Attributes.text(RunItems.FIRST_SORT),
                ":last", Attributes.text(RunItems.STATE_SORT)))
        .build();
  }

  private List<Map<String, AttributeValue>> query(String tried, QueryRequest request) {
    try {
      return client.queryPaginator(request).items().stream().toList();
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  @Override
  public List<RunId> active(Instant now) {
    return query(
            "find the runs to look after",
            QueryRequest.builder()
                .tableName(table)
                .indexName(TableLayout.DUE_INDEX)
                .keyConditionExpression("duePartition = :all AND nextCheckAt <= :now")
                .expressionAttributeValues(
                    Map.of(
                        ":all", Attributes.text(RunItems.ALL),
                        ":now", Attributes.text(IndexTime.of(now))))
                .build())
        .stream()
        .map(RunItems::idOf)
        .toList();
  }

  @Override
  public List<RunId> newest(int limit) {
    QueryRequest request =
        QueryRequest.builder()
            .tableName(table)
            .indexName(TableLayout.NEWEST_INDEX)
            .keyConditionExpression("listPartition = :all")
            .expressionAttributeValues(Map.of(":all", Attributes.text(RunItems.ALL)))
            .scanIndexForward(false)
            .limit(limit)
            .build();
    try {
      return client.queryPaginator(request).items().stream()
          .limit(limit)
          .map(RunItems::idOf)
          .toList();
    } catch (SdkException e) {
      throw CloudException.of("list the newest runs", e);
    }
  }

  @Override
  public void putText(RunId id, String name, String text) {
    put(id, name, textItem(id, name, text));
  }

  /** A lost answer is told as a text of somebody else, who wrote the same. */
  @Override
  public boolean addText(RunId id, String name, String text) {
    try {
      put(id, name, textItem(id, name, text).conditionExpression(RunItems.ABSENT));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    }
  }

  private PutItemRequest.Builder textItem(RunId id, String name, String text) {
    Instant expiresAt = clock.instant().plus(retention);
    return PutItemRequest.builder()
        .tableName(table)
        .item(RunItems.namedText(id, checked(name), text, expiresAt));
  }

  private void put(RunId id, String name, PutItemRequest.Builder request) {
    try {
      client.putItem(request.build());
    } catch (ConditionalCheckFailedException e) {
      throw e;
    } catch (SdkException e) {
      throw CloudException.of("keep %s of the run %s".formatted(name, id), e);
    }
  }

  @Override
  public Optional<String> text(RunId id, String name) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(RunItems.textKey(id, checked(name)))
            .consistentRead(true)
            .build();
    try {
      return Optional.of(client.getItem(request).item())
          .filter(item -> !item.isEmpty())
          .map(RunItems::textOf);
    } catch (SdkException e) {
      throw CloudException.of("read %s of the run %s".formatted(name, id), e);
    }
  }

  private static String checked(String name) {
    if (!TEXT_NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "name: %s (expected: letters, digits, - _ . and no dot first)".formatted(name));
    }
    return name;
  }
}
