package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.TableLayout;
import java.lang.reflect.Field;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.dynamodb.services.local.main.ServerRunner;
import software.amazon.dynamodb.services.local.server.DynamoDBProxyServer;

/** DynamoDB Local, with tables as the template declares the one of a deployment. */
public final class LocalDynamo {
  private static final URI ENDPOINT = started();

  private LocalDynamo() {}

  /** Return where it is. */
  public static URI endpoint() {
    return ENDPOINT;
  }

  /** Return access to it. */
  public static AwsAccess access() {
    return LocalAccess.at(ENDPOINT);
  }

  /** Make an empty table and return its name. */
  public static String table() {
    return table(access());
  }

  /** Make an empty table where this access leads to, and return its name. */
  public static String table(AwsAccess access) {
    String name = "audition-" + UUID.randomUUID();
    try (DynamoDbClient client = access.client(DynamoDbClient.builder())) {
      client.createTable(layout(name));
      client.waiter().waitUntilTableExists(request -> request.tableName(name));
    }
    return name;
  }

  /**
   * List what a project lets its runs use.
   *
   * @param secrets names to ARNs
   * @param hookHosts whom hooks may be posted to
   */
  public static void grant(
      String table, String project, Map<String, String> secrets, List<String> hookHosts) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(TableLayout.PARTITION, AttributeValue.fromS("project#" + project));
    item.put(TableLayout.SORT, AttributeValue.fromS("grants"));
    item.put(TableLayout.SCHEMA, AttributeValue.fromN("1"));
    item.put("secrets", AttributeValue.fromM(texts(secrets)));
    item.put(
        "hookHosts", AttributeValue.fromL(hookHosts.stream().map(AttributeValue::fromS).toList()));
    try (DynamoDbClient client = access().client(DynamoDbClient.builder())) {
      client.putItem(request -> request.tableName(table).item(item));
    }
  }

  private static Map<String, AttributeValue> texts(Map<String, String> texts) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    texts.forEach((name, text) -> attributes.put(name, AttributeValue.fromS(text)));
    return attributes;
  }

  private static CreateTableRequest layout(String name) {
    return CreateTableRequest.builder()
        .tableName(name)
        .billingMode(BillingMode.PAY_PER_REQUEST)
        .attributeDefinitions(
            List.of(
                    TableLayout.PARTITION,
                    TableLayout.SORT,
                    TableLayout.DUE_PARTITION,
                    TableLayout.NEXT_CHECK_AT,
                    TableLayout.LIST_PARTITION,
                    TableLayout.CREATED_AT)
                .stream()
                .map(LocalDynamo::text)
                .toList())
        .keySchema(keys(TableLayout.PARTITION, TableLayout.SORT))
        .globalSecondaryIndexes(
            index(TableLayout.DUE_INDEX, TableLayout.DUE_PARTITION, TableLayout.NEXT_CHECK_AT),
            index(TableLayout.NEWEST_INDEX, TableLayout.LIST_PARTITION, TableLayout.CREATED_AT))
        .build();
  }

  private static AttributeDefinition text(String name) {
    return AttributeDefinition.builder()
        .attributeName(name)
        .attributeType(ScalarAttributeType.S)
        .build();
  }

  private static List<KeySchemaElement> keys(String hash, String range) {
    return List.of(
        KeySchemaElement.builder().attributeName(hash).keyType(KeyType.HASH).build(),
        KeySchemaElement.builder().attributeName(range).keyType(KeyType.RANGE).build());
  }

  private static GlobalSecondaryIndex index(String name, String hash, String range) {
    return GlobalSecondaryIndex.builder()
        .indexName(name)
        .keySchema(keys(hash, range))
        .projection(
            p -> p.projectionType(ProjectionType.INCLUDE).nonKeyAttributes(TableLayout.STATUS))
        .build();
  }

  private static URI started() {
    int port = Ports.free();
    try {
      DynamoDBProxyServer server =
          ServerRunner.createServerFromCommandLineArgs(
              new String[] {
                "-inMemory", "-sharedDb", "-disableTelemetry", "-port", Integer.toString(port)
              });
      onLoopbackOnly(server);
      server.start();
    } catch (Exception e) { // its own signature
      throw new IllegalStateException("DynamoDB Local did not start", e);
    }
    return Ports.address("127.0.0.1", port);
  }

  /** It binds every interface, and has no option for that. */
  private static void onLoopbackOnly(DynamoDBProxyServer server)
      throws ReflectiveOperationException {
    Field field = DynamoDBProxyServer.class.getDeclaredField("server");
    field.setAccessible(true);
    for (Connector connector : ((Server) field.get(server)).getConnectors()) {
      ((ServerConnector) connector).setHost("127.0.0.1");
    }
  }
}
