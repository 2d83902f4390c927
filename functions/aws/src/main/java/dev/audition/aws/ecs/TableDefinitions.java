package dev.audition.aws.ecs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Remembers registered task definitions in the table: an item {@code definition#<hash>} each, which
 * the table removes when no run has used it for a while.
 */
public final class TableDefinitions implements DefinitionRegistry {
  private static final String SORT = "definition";
  private static final String SCHEMA = "1";

  private final DynamoDbClient dynamo;
  private final String table;
  private final Duration keep;
  private final InstantSource clock;

  /**
   * Make one.
   *
   * @param keep how long a definition is remembered after its last use, at least a day
   */
  public TableDefinitions(AwsAccess access, String table, Duration keep, InstantSource clock) {
    this(access.client(DynamoDbClient.builder()), table, keep, clock);
  }

  TableDefinitions(DynamoDbClient dynamo, String table, Duration keep, InstantSource clock) {
    if (keep.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException("keep: %s (expected: a day or more)".formatted(keep));
    }
    this.dynamo = dynamo;
    this.table = table;
    this.keep = keep;
    this.clock = clock;
  }

  private record Item(String arn, Instant expiresAt) {}

  @Override
  public Optional<String> find(String hash) {
    Optional<Item> item = item(hash);
    // Written at most once in a while, however often it is used.
    item.filter(found -> found.expiresAt().isBefore(clock.instant().plus(keep.dividedBy(2))))
        .ifPresent(found -> put(hash, found.arn()));
    return item.map(Item::arn);
  }

  @Override
  public boolean remembers(String hash) {
    return item(hash).isPresent();
  }

  private Optional<Item> item(String hash) {
    try {
      Map<String, AttributeValue> item =
          dynamo
              .getItem(request -> request.tableName(table).key(key(hash)).consistentRead(true))
              .item();
      AttributeValue arn = item.get("arn");
      AttributeValue expiresAt = item.get("expiresAt");
      if (arn == null || expiresAt == null) {
        return Optional.empty();
      }
      // The table removes what is over when it gets to it.
      return Optional.of(new Item(arn.s(), Instant.ofEpochSecond(Long.parseLong(expiresAt.n()))))
          .filter(found -> found.expiresAt().isAfter(clock.instant()));
    } catch (SdkException e) {
      throw CloudException.of("look up a task definition in the table", e);
    }
  }

  @Override
  public void put(String hash, String arn) {
    Map<String, AttributeValue> item =
        Map.of(
            "pk", text("definition#" + hash),
            "sk", text(SORT),
            "schema", number(SCHEMA),
            "arn", text(arn),
            "expiresAt", number(Long.toString(clock.instant().plus(keep).getEpochSecond())));
    try {
      dynamo.putItem(request -> request.tableName(table).item(item));
    } catch (SdkException e) {
      throw CloudException.of("remember a task definition in the table", e);
    }
  }

  @Override
  public void forget(String hash) {
    try {
      dynamo.deleteItem(request -> request.tableName(table).key(key(hash)));
    } catch (SdkException e) {
      throw CloudException.of("forget a task definition in the table", e);
    }
  }

  private static Map<String, AttributeValue> key(String hash) {
    return Map.of("pk", text("definition#" + hash), "sk", text(SORT));
  }

  private static AttributeValue text(String text) {
    return AttributeValue.builder().s(text).build();
  }

  private static AttributeValue number(String number) {
    return AttributeValue.builder().n(number).build();
  }
}
