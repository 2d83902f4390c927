package dev.audition.aws.dynamo;

import dev.audition.aws.CloudException;
import dev.audition.core.run.RunId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/** Writes of a run's items, all or nothing, each under the condition of its state. */
final class RunWrites {
  private static final Set<String> LATER =
      Set.of("ThrottlingError", "ProvisionedThroughputExceeded", "TransactionConflict");

  private record Condition(
      String expression, Map<String, AttributeValue> values, boolean oursCounts) {}

  private final DynamoDbClient client;
  private final String table;

  RunWrites(DynamoDbClient client, String table) {
    this.client = client;
    this.table = table;
  }

  /** Store a run that is not there; return false if it is. */
  boolean create(RunId id, RunBatch batch) {
    return write("create the run " + id, batch, new Condition(RunItems.ABSENT, Map.of(), false));
  }

  /** Replace a run's state of a version; return false if it has another. */
  boolean commit(RunId id, RunBatch batch, long expectedVersion) {
    return write(
        "store the run " + id,
        batch,
        new Condition(RunItems.UNCHANGED, RunItems.expected(expectedVersion), true));
  }

  private boolean write(String tried, RunBatch batch, Condition condition) {
    try {
      if (batch.more().isEmpty()) {
        put(batch.state(), condition);
      } else {
        transact(batch, condition);
      }
      return true;
    } catch (ConditionalCheckFailedException e) {
      return ours(batch, condition, e.hasItem() ? e.item() : Map.of());
    } catch (TransactionConflictException _) {
      return false; // somebody else is at this run; what they store is there when it is loaded next
    } catch (TransactionCanceledException e) {
      return cancelled(tried, batch, condition, e);
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  /**
   * A write whose answer was lost is sent again by the SDK, and then finds itself. Taking that for
   * a lost race would leave the commands of this commit to the next check.
   */
  private static boolean ours(
      RunBatch batch, Condition condition, Map<String, AttributeValue> stored) {
    return condition.oursCounts() && RunItems.same(stored, batch.state());
  }

  private static boolean cancelled(
      String tried, RunBatch batch, Condition condition, TransactionCanceledException e) {
    for (CancellationReason reason : e.cancellationReasons()) {
      if ("ConditionalCheckFailed".equals(reason.code())) {
        return ours(batch, condition, reason.hasItem() ? reason.item() : Map.of());
      }
    }
    List<String> codes = e.cancellationReasons().stream().map(CancellationReason::code).toList();
    if (condition.oursCounts() && codes.contains("TransactionConflict")) {
      return false;
    }
    throw new CloudException(
        "Could not %s: %s".formatted(tried, e.getMessage()),
        codes.stream().anyMatch(LATER::contains),
        codes.stream().filter(LATER::contains).findFirst().orElse("TransactionCanceled"),
        e);
  }

  private void put(Map<String, AttributeValue> state, Condition condition) {
    PutItemRequest.Builder request =
        PutItemRequest.builder()
            .tableName(table)
            .item(state)
            .conditionExpression(condition.expression())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!condition.values().isEmpty()) {
      request.expressionAttributeValues(condition.values());
    }
    client.putItem(request.build());
  }

  private void transact(RunBatch batch, Condition condition) {
    Put.Builder state =
        Put.builder()
            .tableName(table)
            .item(batch.state())
            .conditionExpression(condition.expression())
            .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD);
    if (!condition.values().isEmpty()) {
      state.expressionAttributeValues(condition.values());
    }
    List<TransactWriteItem> items = new ArrayList<>();
    items.add(TransactWriteItem.builder().put(state.build()).build());
    for (Map<String, AttributeValue> item : batch.more()) {
      items.add(TransactWriteItem.builder().put(put -> put.tableName(table).item(item)).build());
    }
    client.transactWriteItems(request -> request.transactItems(items));
  }
}
