package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.audition.aws.CloudException;
import dev.audition.aws.dynamo.TableLayout;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.testkit.ManualClock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class TableDefinitionsTest implements DefinitionRegistryContract {
  private static final Duration KEEP = Duration.ofDays(30);

  private final ManualClock clock = new ManualClock();
  private final String table = LocalDynamo.table();
  private final TableDefinitions definitions =
      new TableDefinitions(LocalDynamo.access(), table, KEEP, clock);
  private final DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder());

  @Override
  public DefinitionRegistry definitions() {
    return definitions;
  }

  private Map<String, AttributeValue> item() {
    return client
        .getItem(
            r ->
                r.tableName(table)
                    .key(
                        Map.of(
                            TableLayout.PARTITION,
                            AttributeValue.fromS("definition#" + HASH),
                            TableLayout.SORT,
                            AttributeValue.fromS("definition"))))
        .item();
  }

  private String number(String attribute) {
    return Objects.requireNonNull(item().get(attribute), attribute).n();
  }

  private long expiresAt() {
    return Long.parseLong(number(TableLayout.EXPIRES_AT));
  }

  @Test
  void anItemHasItsSchemaAndItsLastDay() {
    definitions.put(HASH, ARN);
    assertThat(number(TableLayout.SCHEMA)).isEqualTo("1");
    assertThat(expiresAt()).isEqualTo(clock.instant().plus(KEEP).getEpochSecond());
  }

  @Test
  void aUseKeepsItWhichIsWrittenOnceInAWhile() {
    definitions.put(HASH, ARN);
    long first = expiresAt();
    clock.advance(KEEP.dividedBy(2));
    assertThat(definitions.find(HASH)).contains(ARN);
    assertThat(expiresAt()).as("half of its time is left").isEqualTo(first);
    clock.advance(Duration.ofSeconds(1));
    assertThat(definitions.find(HASH)).contains(ARN);
    assertThat(expiresAt()).isEqualTo(clock.instant().plus(KEEP).getEpochSecond());
  }

  @Test
  void askingWhetherItIsRememberedIsNoUse() {
    definitions.put(HASH, ARN);
    long first = expiresAt();
    clock.advance(KEEP.minusDays(1));
    assertThat(definitions.remembers(HASH)).isTrue();
    assertThat(expiresAt()).isEqualTo(first);
  }

  @Test
  void whatIsOverIsNotKnownEvenBeforeTheTableRemovesIt() {
    definitions.put(HASH, ARN);
    clock.advance(KEEP);
    assertThat(definitions.remembers(HASH)).isFalse();
    assertThat(definitions.find(HASH)).isEmpty();
    assertThat(item()).isNotEmpty();
  }

  @Test
  void aTableThatIsNotThereIsNoEmptyOne() {
    TableDefinitions gone = new TableDefinitions(LocalDynamo.access(), "gone", KEEP, clock);
    assertThatThrownBy(() -> gone.find(HASH))
        .asInstanceOf(type(CloudException.class))
        .satisfies(e -> assertThat(e.retryable()).isFalse());
    assertThatThrownBy(() -> gone.put(HASH, ARN)).isInstanceOf(CloudException.class);
    assertThatThrownBy(() -> gone.forget(HASH)).isInstanceOf(CloudException.class);
  }

  @Test
  void lessThanADayWouldForgetWhatIsInUse() {
    assertThatThrownBy(
            () -> new TableDefinitions(LocalDynamo.access(), table, Duration.ofHours(23), clock))
        .hasMessageContaining("a day or more");
  }
}
