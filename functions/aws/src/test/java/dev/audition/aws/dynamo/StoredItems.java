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

  /** Read an item as the AWS command line takes it. */
  static Map<String, AttributeValue> readItem(String json) {
    return attributes(JsonReader.read(json, "items"));
  }

  private static Map<String, AttributeValue> attributes(TreeNode node) {
    Map<String, AttributeValue> attributes = new TreeMap<>();
    for (Entry entry : mapping(node).entries()) {
      attributes.put(entry.key(), attribute(entry.value()));
    }
    return attributes;
  }

  private static AttributeValue attribute(TreeNode node) {
    Entry value = mapping(node).entries().getFirst();
    return switch (value.key()) {
      case "S" -> AttributeValue.fromS(text(value));
      case "N" -> AttributeValue.fromN(text(value));
      case "B" ->
          AttributeValue.fromB(SdkBytes.fromByteArray(Base64.getDecoder().decode(text(value))));
      case "M" -> AttributeValue.fromM(attributes(value.value()));
      case "L" ->
          AttributeValue.fromL(
              ((Sequence) value.value()).items().stream().map(StoredItems::attribute).toList());
      default -> throw new AssertionError("kind " + value.key());
    };
  }

  private static String text(Entry value) {
    return ((Scalar) value.value()).text();
  }

  private static Mapping mapping(TreeNode node) {
    return switch (node) {
      case Mapping mapping -> mapping;
      case Scalar _, Sequence _ -> throw new AssertionError(node.kind());
    };
  }
}
