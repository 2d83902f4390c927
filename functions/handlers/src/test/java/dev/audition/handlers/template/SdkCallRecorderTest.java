package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SortedSet;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ClasspathInterceptorChainFactory;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

class SdkCallRecorderTest {
  @Test
  void isThereForEveryClientOfTheTests() {
    assertThat(new ClasspathInterceptorChainFactory().getGlobalInterceptors())
        .hasAtLeastOneElementOfType(SdkCallRecorder.class);
  }

  private static SortedSet<String> calls(String service, String operation, SdkRequest request) {
    return SdkCallRecorder.calls(service, operation, request);
  }

  @Test
  void namesCallsAsTheTableOfPermissionsDoes() {
    assertThat(calls("DynamoDb", "GetItem", GetItemRequest.builder().key(Map.of()).build()))
        .containsExactly("dynamodb:GetItem");
    assertThat(calls("Secrets Manager", "GetSecretValue", GetSecretValueRequest.builder().build()))
        .containsExactly("secretsmanager:GetSecretValue");
  }

  private static TransactWriteItem part(Consumer<TransactWriteItem.Builder> kind) {
    return TransactWriteItem.builder().applyMutation(kind).build();
  }

  @Test
  void tellsApartWhatPermissionsTellApart() {
    TransactWriteItemsRequest transaction =
        TransactWriteItemsRequest.builder()
            .transactItems(
                part(item -> item.put(put -> put.tableName("t"))),
                part(item -> item.conditionCheck(check -> check.tableName("t"))),
                part(item -> item.update(update -> update.tableName("t"))),
                part(item -> item.delete(delete -> delete.tableName("t"))))
            .build();
    assertThat(calls("DynamoDB", "TransactWriteItems", transaction))
        .containsExactly(
            "dynamodb:TransactWriteItems/ConditionCheck",
            "dynamodb:TransactWriteItems/Delete",
            "dynamodb:TransactWriteItems/Put",
            "dynamodb:TransactWriteItems/Update");
    assertThat(calls("DynamoDB", "Query", QueryRequest.builder().indexName("due").build()))
        .containsExactly("dynamodb:Query/due");
    assertThat(
            calls("S3", "GetObject", GetObjectRequest.builder().key("runs/r/source.zip").build()))
        .containsExactly("s3:GetObject/zip");
    assertThat(
            calls("S3", "GetObject", GetObjectRequest.builder().key("env/r/1/values.json").build()))
        .containsExactly("s3:GetObject/env");
    assertThat(
            calls(
                "SQS",
                "SendMessage",
                SendMessageRequest.builder()
                    .queueUrl("http://here/1/run-requests-dead-" + UUID.randomUUID())
                    .build()))
        .containsExactly("sqs:SendMessage/run-requests-dead");
  }
}
