package dev.audition.aws.dynamo;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * What projects grant, for those who decide it: they see it and change it. The functions read the
 * same items by {@link DynamoProjects}.
 */
public final class DynamoGrants {
  private static final int MOST_LOST = 10;

  private final DynamoDbClient client;
  private final String table;

  /** Make one for a table. */
  public DynamoGrants(AwsAccess access, String table) {
    this.client = access.client(DynamoDbClient.builder());
    this.table = table;
  }

  /** What came of changes. */
  public sealed interface Outcome {
    /** They are made; nothing is listed where nothing is granted any more. */
    record Made(Optional<ListedGrants> listed) implements Outcome {}

    /** None of them is made. */
    record Refused(List<String> problems) implements Outcome {
      public Refused {
        problems = List.copyOf(problems);
      }
    }
  }

  /** Find what is listed for a project. */
  public Optional<ListedGrants> find(String project) {
    return Optional.of(GrantsItem.load(client, table, project))
        .filter(item -> !item.isEmpty())
        .map(GrantsItem::read);
  }

  /** Return what is listed for all projects, by their names; the whole table is gone through. */
  public List<ListedGrants> all() {
    try {
      return client
          .scanPaginator(
              r ->
                  r.tableName(table)
                      .consistentRead(true)
                      .filterExpression("begins_with(pk, :projects) AND sk = :grants")
                      .expressionAttributeValues(
                          Map.of(
                              ":projects", Attributes.text(GrantsItem.PARTITION),
                              ":grants", Attributes.text(GrantsItem.SORT))))
          .items()
          .stream()
          .map(GrantsItem::read)
          .sorted(Comparator.comparing(ListedGrants::project))
          .toList();
    } catch (SdkException e) {
      throw CloudException.of("list what projects grant", e);
    }
  }

  /**
   * Make changes, all or none: what the functions would not read is refused. Somebody else's
   * changes at the same time stay.
   */
  public Outcome change(String project, GrantChanges changes) {
    for (int lost = 0; lost < MOST_LOST; lost++) {
      Map<String, AttributeValue> before = GrantsItem.load(client, table, project);
      GrantsEdit edit = new GrantsEdit(project, before).make(changes);
      ListedGrants listed = GrantsItem.read(edit.item());
      // Once a write was lost, what is to be removed may be gone by it: that is as it should be.
      List<String> problems =
          Stream.concat(
                  lost == 0 ? edit.problems().stream() : Stream.empty(), listed.problems().stream())
              .toList();
      if (!problems.isEmpty()) {
        return new Outcome.Refused(problems);
      }
      if (edit.item().equals(before) || write(project, before, edit)) {
        return new Outcome.Made(Optional.of(listed).filter(_ -> edit.grantsAnything()));
      }
    }
    throw new CloudException(
        "Could not change what the project %s grants: somebody else changed it %d times meanwhile"
            .formatted(project, MOST_LOST),
        true,
        "",
        null);
  }

  private boolean write(String project, Map<String, AttributeValue> before, GrantsEdit edit) {
    Unchanged unchanged = Unchanged.since(before);
    try {
      if (edit.grantsAnything()) {
        client.putItem(
            r ->
                r.tableName(table)
                    .item(edit.item())
                    .conditionExpression(unchanged.expression())
                    .expressionAttributeNames(unchanged.names())
                    .expressionAttributeValues(unchanged.values()));
      } else if (!before.isEmpty()) {
        client.deleteItem(
            r ->
                r.tableName(table)
                    .key(GrantsItem.key(project))
                    .conditionExpression(unchanged.expression())
                    .expressionAttributeNames(unchanged.names())
                    .expressionAttributeValues(unchanged.values()));
      }
      return true;
    } catch (ConditionalCheckFailedException _) {
      return false;
    } catch (SdkException e) {
      throw CloudException.of("change what the project " + project + " grants", e);
    }
  }

  /** The condition that an item still is as it was read. */
  private record Unchanged(
      String expression, Map<String, String> names, @Nullable Map<String, AttributeValue> values) {
    static Unchanged since(Map<String, AttributeValue> before) {
      List<String> conditions = new ArrayList<>();
      Map<String, String> names = new HashMap<>();
      Map<String, AttributeValue> values = new HashMap<>();
      for (String held : GrantsItem.HELD) {
        names.put("#" + held, held);
        AttributeValue value = before.get(held);
        if (value == null) {
          conditions.add("attribute_not_exists(#%s)".formatted(held));
        } else {
          conditions.add("#%1$s = :%1$s".formatted(held));
          values.put(":" + held, value);
        }
      }
      return new Unchanged(
          String.join(" AND ", conditions), names, values.isEmpty() ? null : values);
    }
  }
}
