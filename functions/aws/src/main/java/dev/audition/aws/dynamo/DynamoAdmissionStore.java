package dev.audition.aws.dynamo;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionStore;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Backoff;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.Line;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * The admission in the one table: {@link AdmissionItems}. Every read is consistent; whatever moves
 * a run is one transaction with the state. Safe for many threads.
 */
public final class DynamoAdmissionStore implements AdmissionStore {
  private static final int MOST_CONFLICTS = 20;
  private static final String ABSENT = "attribute_not_exists(pk)";
  private static final String PRESENT = "attribute_exists(pk)";
  private static final String CONFLICT = "TransactionConflict";
  private static final Set<String> LATER =
      Set.of("ThrottlingError", "ProvisionedThroughputExceeded", CONFLICT);

  /** What came of a transaction. */
  private enum Answer {
    DONE,
    REFUSED,
    CONFLICT
  }

  private final DynamoDbClient client;
  private final String table;
  private final Backoff backoff;

  /**
   * Make a store.
   *
   * @param backoff between two tries to put a run in line while others change the state
   */
  public DynamoAdmissionStore(AwsAccess access, String table, Backoff backoff) {
    this.client = access.client(DynamoDbClient.builder());
    this.table = table;
    this.backoff = backoff;
  }

  @Override
  public AdmissionState load() {
    return get("load the admission state", AdmissionItems.stateKey())
        .map(AdmissionItems::stateOf)
        .orElse(AdmissionState.EMPTY);
  }

  @Override
  public boolean enqueue(Claim claim) {
    String tried = "put the run %s in line".formatted(claim.run());
    List<TransactWriteItem> items =
        List.of(
            TransactWriteItem.builder()
                .conditionCheck(
                    check ->
                        check
                            .tableName(table)
                            .key(AdmissionItems.admittedKey(claim.run()))
                            .conditionExpression(ABSENT))
                .build(),
            put(AdmissionItems.waiting(claim), ABSENT),
            TransactWriteItem.builder()
                .update(
                    update ->
                        update
                            .tableName(table)
                            .key(AdmissionItems.stateKey())
                            .updateExpression(
                                "ADD version :one, #waiting :project SET #schema = :schema")
                            .expressionAttributeNames(
                                Map.of(
                                    "#waiting",
                                    AdmissionItems.waitingProjects(claim.pool()),
                                    "#schema",
                                    TableLayout.SCHEMA))
                            .expressionAttributeValues(
                                Map.of(
                                    ":one", Attributes.number(1),
                                    ":project", AttributeValue.fromSs(List.of(claim.project())),
                                    ":schema", Attributes.number(AdmissionItems.SCHEMA))))
                .build());
    for (int lost = 1; lost <= MOST_CONFLICTS; lost++) {
      Answer answer = transact(tried, items);
      if (answer != Answer.CONFLICT) {
        return answer == Answer.DONE;
      }
      backoff.pause(lost);
    }
    throw new CloudException(
        "Could not %s: %d conflicts in a row".formatted(tried, MOST_CONFLICTS),
        true,
        CONFLICT,
        null);
  }

  @Override
  public void withdraw(Claim claim) {
    try {
      client.deleteItem(request -> request.tableName(table).key(AdmissionItems.waitingKey(claim)));
    } catch (SdkException e) {
      throw CloudException.of("take the run %s out of its line".formatted(claim.run()), e);
    }
  }

  @Override
  public List<Claim> front(Line line, int limit) {
    return query(
            "read the line of " + line.project(),
            QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :line")
                .expressionAttributeValues(Map.of(":line", AdmissionItems.waitingPartition(line)))
                .limit(limit)
                .build(),
            limit)
        .stream()
        .map(AdmissionItems::claimOf)
        .toList();
  }

  @Override
  public Optional<AdmittedRun> admitted(RunId run) {
    return get("find the admitted run " + run, AdmissionItems.admittedKey(run))
        .map(AdmissionItems::admittedOf);
  }

  @Override
  public List<AdmittedRun> admitted() {
    return query(
            "list the admitted runs",
            QueryRequest.builder()
                .tableName(table)
                .consistentRead(true)
                .keyConditionExpression("pk = :admitted")
                .expressionAttributeValues(Map.of(":admitted", AdmissionItems.admittedPartition()))
                .build(),
            Integer.MAX_VALUE)
        .stream()
        .map(AdmissionItems::admittedOf)
        .toList();
  }

  @Override
  public boolean commit(AdmissionState next, long expectedVersion, Changes changes) {
    AdmissionState stored = next.withVersion(expectedVersion + 1);
    String tried = "store the admission state";
    if (changes.equals(Changes.NONE)) {
      return putAlone(tried, stored, expectedVersion);
    }
    List<TransactWriteItem> items = new ArrayList<>();
    Put state =
        Put.builder()
            .tableName(table)
            .item(AdmissionItems.state(stored))
            .conditionExpression(unchanged(expectedVersion))
            .expressionAttributeValues(expected(expectedVersion))
            .build();
    items.add(TransactWriteItem.builder().put(state).build());
    for (AdmittedRun run : changes.admitted()) {
      items.add(delete(AdmissionItems.waitingKey(run.claim())));
      items.add(put(AdmissionItems.admitted(run), ABSENT));
    }
    changes.released().forEach(run -> items.add(delete(AdmissionItems.admittedKey(run))));
    return transact(tried, items) == Answer.DONE;
  }

  private boolean putAlone(String tried, AdmissionState stored, long expectedVersion) {
    try {
      client.putItem(
          request ->
              request
                  .tableName(table)
                  .item(AdmissionItems.state(stored))
                  .conditionExpression(unchanged(expectedVersion))
                  .expressionAttributeValues(expected(expectedVersion)));
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    } catch (TransactionConflictException _) {
      return false;
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  private static String unchanged(long version) {
    return version == 0 ? ABSENT + " OR version = :expected" : "version = :expected";
  }

  private static Map<String, AttributeValue> expected(long version) {
    return Map.of(":expected", Attributes.number(version));
  }

  private TransactWriteItem put(Map<String, AttributeValue> item, String condition) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(table).item(item).conditionExpression(condition))
        .build();
  }

  private TransactWriteItem delete(Map<String, AttributeValue> key) {
    return TransactWriteItem.builder()
        .delete(delete -> delete.tableName(table).key(key).conditionExpression(PRESENT))
        .build();
  }

  /**
   * All or nothing. The SDK gives each transaction a token, so that one whose answer was lost and
   * which is sent again is answered as it was the first time.
   */
  private Answer transact(String tried, List<TransactWriteItem> items) {
    try {
      client.transactWriteItems(request -> request.transactItems(items));
      return Answer.DONE;
    } catch (TransactionCanceledException e) {
      List<String> codes = e.cancellationReasons().stream().map(CancellationReason::code).toList();
      if (codes.contains("ConditionalCheckFailed")) {
        return Answer.REFUSED;
      }
      if (codes.contains(CONFLICT)) {
        return Answer.CONFLICT;
      }
      throw new CloudException(
          "Could not %s: %s".formatted(tried, e.getMessage()),
          codes.stream().anyMatch(LATER::contains),
          codes.stream().filter(LATER::contains).findFirst().orElse("TransactionCanceled"),
          e);
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  private Optional<Map<String, AttributeValue>> get(String tried, Map<String, AttributeValue> key) {
    GetItemRequest request =
        GetItemRequest.builder()
            .tableName(table)
            .key(new HashMap<>(key))
            .consistentRead(true)
            .build();
    try {
      return Optional.of(client.getItem(request).item()).filter(item -> !item.isEmpty());
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  private List<Map<String, AttributeValue>> query(String tried, QueryRequest request, int most) {
    try {
      return client.queryPaginator(request).items().stream().limit(most).toList();
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }
}
