package dev.audition.aws.dynamo;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.RunId;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The items of a table as they are, past the adapter. */
final class StoredItems {
  private final DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder());
  private final String table;

  StoredItems(String table) {
    this.table = table;
  }

  /** Return all of a run's items in the order of their sort keys. */
  List<Map<String, AttributeValue>> of(RunId id) {
    return client
        .query(
            r ->
                r.tableName(table)
                    .consistentRead(true)
                    .keyConditionExpression("pk = :run")
                    .expressionAttributeValues(Map.of(":run", RunItems.partition(id))))
        .items();
  }

  Map<String, AttributeValue> item(RunId id, String sort) {
    return of(id).stream()
        .filter(item -> sort(item).equals(sort))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no item " + sort));
  }

  static String sort(Map<String, AttributeValue> item) {
    return Attributes.textOf(item, TableLayout.SORT);
  }

  void put(Map<String, AttributeValue> item) {
    client.putItem(r -> r.tableName(table).item(item));
  }

  void remove(Map<String, AttributeValue> item) {
    client.deleteItem(
        r ->
            r.tableName(table)
                .key(
                    Map.of(
                        TableLayout.PARTITION, item.get(TableLayout.PARTITION),
                        TableLayout.SORT, item.get(TableLayout.SORT))));
  }

  /** Write items as JSON, one a line, attributes by name. */
  static String write(List<Map<String, AttributeValue>> items) {
    StringBuilder text = new StringBuilder();
    for (Map<String, AttributeValue> item : items) {
      MappingBuilder node = Tree.mapping();
      new TreeMap<>(item)
          .forEach(
              (name, value) ->
                  node.put(name, Tree.mapping().put(kind(value), node(value)).build()));
      text.append(JsonWriter.write(node.build())).append('\n');
    }
    return text.toString();
  }

  private static String kind(AttributeValue value) {
    return value.type().name();
  }

  private static TreeNode node(AttributeValue value) {
    return switch (value.type()) {
      case S -> Tree.text(value.s());
      case N -> Tree.text(value.n());
      case B -> Tree.text(Base64.getEncoder().encodeToString(value.b().asByteArray()));
      default -> throw new AssertionError("a kind that no item of ours has: " + value);
    };
  }

  /** Read what {@link #write} wrote. */
  static List<Map<String, AttributeValue>> read(String text) {
    return text.lines().map(StoredItems::readItem).toList();
  }

  private static Map<String, AttributeValue> readItem(String line) {
    Map<String, AttributeValue> item = new TreeMap<>();
    for (Entry entry : mapping(JsonReader.read(line, "items")).entries()) {
      Entry value = mapping(entry.value()).entries().getFirst();
      String text = ((Scalar) value.value()).text();
      item.put(
          entry.key(),
          switch (value.key()) {
            case "S" -> AttributeValue.fromS(text);
            case "N" -> AttributeValue.fromN(text);
            case "B" ->
                AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text)));
            default -> throw new AssertionError("kind " + value.key());
          });
    }
    return item;
  }

  private static Mapping mapping(TreeNode node) {
    return switch (node) {
      case Mapping mapping -> mapping;
      case Scalar _, Sequence _ -> throw new AssertionError(node.kind());
    };
  }
}
