package dev.audition.aws.dynamo;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.SdkResponse;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;

/** Counts requests and the capacity units that DynamoDB says they took. */
public final class CapacityCount implements ExecutionInterceptor {
  private final Map<String, Integer> requests = new TreeMap<>();
  private double reads;
  private double writes;

  @Override
  public SdkRequest modifyRequest(Context.ModifyRequest context, ExecutionAttributes attributes) {
    ReturnConsumedCapacity all = ReturnConsumedCapacity.INDEXES;
    return switch (context.request()) {
      case PutItemRequest put -> put.toBuilder().returnConsumedCapacity(all).build();
      case TransactWriteItemsRequest write -> write.toBuilder().returnConsumedCapacity(all).build();
      case QueryRequest query -> query.toBuilder().returnConsumedCapacity(all).build();
      case GetItemRequest get -> get.toBuilder().returnConsumedCapacity(all).build();
      default -> context.request();
    };
  }

  @Override
  public synchronized void afterExecution(
      Context.AfterExecution context, ExecutionAttributes attributes) {
    requests.merge(
        context.request().getClass().getSimpleName().replace("Request", ""), 1, Integer::sum);
    SdkResponse response = context.response();
    switch (response) {
      case PutItemResponse put -> wrote(List.of(put.consumedCapacity()));
      case TransactWriteItemsResponse write -> wrote(write.consumedCapacity());
      case QueryResponse query -> reads += query.consumedCapacity().capacityUnits();
      case GetItemResponse get -> reads += get.consumedCapacity().capacityUnits();
      default -> {}
    }
  }

  private void wrote(List<ConsumedCapacity> capacities) {
    capacities.forEach(capacity -> writes += capacity.capacityUnits());
  }

  /** Return the write units. */
  public synchronized double writes() {
    return writes;
  }

  /** Return the read units. */
  public synchronized double reads() {
    return reads;
  }

  /** Return the requests by operation. */
  public synchronized Map<String, Integer> requests() {
    return requests;
  }
}
