package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.EnvironmentVariableCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A client of the SDK and one write: what nobody who keeps state in DynamoDB comes below. */
public final class PutItemFunction {
  private final DynamoDbClient client =
      DynamoDbClient.builder()
          .region(Region.of(System.getenv("AWS_REGION")))
          .credentialsProvider(EnvironmentVariableCredentialsProvider.create())
          .httpClient(UrlConnectionHttpClient.create())
          .endpointOverride(URI.create(System.getenv("AWS_ENDPOINT_URL_DYNAMODB")))
          .build();

  /** Write one item. */
  public void handleRequest(InputStream input, OutputStream output) throws IOException {
    client.putItem(
        request ->
            request
                .tableName(System.getenv("AUDITION_TABLE"))
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("bench"), "sk", AttributeValue.fromS("bench"))));
    output.write("\"put\"".getBytes(StandardCharsets.UTF_8));
  }
}
