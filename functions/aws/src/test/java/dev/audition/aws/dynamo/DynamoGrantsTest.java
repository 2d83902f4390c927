package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.CloudException;
import dev.audition.aws.dynamo.DynamoGrants.Outcome;
import dev.audition.aws.dynamo.GrantChanges.Entries;
import dev.audition.aws.dynamo.GrantChanges.Hosts;
import dev.audition.aws.testkit.LocalDynamo;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoGrantsTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/db-AbCdEf";
  private static final String ROLE = "arn:aws:iam::123456789012:role/shop";
  private static final Entries NO_ENTRIES = new Entries(new LinkedHashMap<>(), List.of());
  private static final Hosts NO_HOSTS = new Hosts(List.of(), List.of());

  private final String table = LocalDynamo.table();
  private final DynamoGrants grants = new DynamoGrants(LocalDynamo.access(), table);
  private final DynamoProjects projects = new DynamoProjects(LocalDynamo.access(), table);
  private final DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder());

  private static Entries set(String name, String arn) {
    return new Entries(new LinkedHashMap<>(Map.of(name, arn)), List.of());
  }

  private static Entries removed(String... names) {
    return new Entries(new LinkedHashMap<>(), List.of(names));
  }

  private static GrantChanges secrets(Entries entries) {
    return new GrantChanges(entries, NO_ENTRIES, NO_HOSTS, Optional.empty());
  }

  private static GrantChanges hosts(List<String> added, List<String> removed) {
    return new GrantChanges(NO_ENTRIES, NO_ENTRIES, new Hosts(added, removed), Optional.empty());
  }

  private void made(GrantChanges changes) {
    assertThat(grants.change("shop", changes)).isInstanceOf(Outcome.Made.class);
  }

  private List<String> problems(GrantChanges changes) {
    return switch (grants.change("shop", changes)) {
      case Outcome.Refused(List<String> problems) -> problems;
      case Outcome.Made made -> throw new AssertionError(made);
    };
  }

  private void put(Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.putAll(GrantsItem.key("shop"));
    item.putIfAbsent("schema", AttributeValue.fromN("1"));
    client.putItem(r -> r.tableName(table).item(item));
  }

  @Test
  void whatIsSetIsWhatTheFunctionsRead() {
    GrantChanges changes =
        new GrantChanges(
            set("DB_PASSWORD", SECRET),
            set("ghcr.io", SECRET),
            new Hosts(List.of("CI.example.com"), List.of()),
            Optional.of(ROLE));
    Outcome outcome = grants.change("shop", changes);
    assertThat(outcome)
        .isEqualTo(
            new Outcome.Made(
                Optional.of(new ListedGrants("shop", projects.of("shop"), List.of()))));
    assertThat(projects.of("shop").secrets()).containsExactly(Map.entry("DB_PASSWORD", SECRET));
    assertThat(projects.of("shop").registries()).containsExactly(Map.entry("ghcr.io", SECRET));
    assertThat(projects.of("shop").hookHosts().patterns()).containsExactly("ci.example.com");
    assertThat(projects.of("shop").taskRole()).isEqualTo(ROLE);
    assertThat(grants.change("shop", changes)).isEqualTo(outcome);
  }

  @Test
  void theLastThatIsRemovedTakesTheItemWithIt() {
    made(secrets(set("A", SECRET)));
    made(secrets(set("B", SECRET)));
    made(secrets(removed("A")));
    assertThat(projects.of("shop").secrets()).containsOnlyKeys("B");
    assertThat(grants.change("shop", secrets(removed("B"))))
        .isEqualTo(new Outcome.Made(Optional.empty()));
    assertThat(grants.find("shop")).isEmpty();
    assertThat(client.scan(r -> r.tableName(table)).items()).isEmpty();
  }

  @Test
  void whatIsNotThereCannotBeRemoved() {
    made(secrets(set("DB_PASSWORD", SECRET)));
    assertThat(
            problems(
                new GrantChanges(
                    removed("DB_PASWORD"),
                    removed("ghcr.io"),
                    new Hosts(List.of(), List.of("example.com")),
                    Optional.of(""))))
        .containsExactly(
            "secrets: there is no DB_PASWORD to remove (there are: DB_PASSWORD)",
            "registries: there is no ghcr.io to remove",
            "hookHosts: there is no example.com to remove",
            "taskRole: there is none to remove");
  }

  @Test
  void aSetOfHostsIsKeptAsAList() {
    put(Map.of("hookHosts", AttributeValue.fromSs(List.of("a.example.com", "b.example.com"))));
    made(hosts(List.of("c.example.com", "a.EXAMPLE.com"), List.of("B.example.com")));
    assertThat(projects.of("shop").hookHosts().patterns())
        .containsExactly("a.example.com", "c.example.com");
  }

  @Test
  void aBrokenEntryIsMendedPartByPartOrNotTouched() {
    put(
        Map.of(
            "secrets", AttributeValue.fromM(Map.of("A", AttributeValue.fromS("the value itself"))),
            "registries", AttributeValue.fromS("ghcr.io"),
            "hookHosts", AttributeValue.fromN("1")));
    assertThat(
            problems(
                new GrantChanges(
                    removed("A"),
                    set("ghcr.io", SECRET),
                    new Hosts(List.of("example.com"), List.of()),
                    Optional.empty())))
        .containsExactly(
            "registries: is not a map (M)",
            "hookHosts: is not a list of names such as ci.example.com or *.example.com");
    assertThat(grants.find("shop").orElseThrow().problems()).hasSize(3);

    put(Map.of("secrets", AttributeValue.fromM(Map.of("A", AttributeValue.fromS("x")))));
    made(secrets(set("A", SECRET)));
    assertThat(projects.of("shop").secrets()).containsExactly(Map.entry("A", SECRET));
  }

  @Test
  void nobodysChangesAreLost() {
    try (ExecutorService together = Executors.newVirtualThreadPerTaskExecutor()) {
      IntStream.range(0, 8)
          .forEach(number -> together.execute(() -> made(secrets(set("S" + number, SECRET)))));
    }
    assertThat(projects.of("shop").secrets()).hasSize(8);
  }

  @Test
  void allAreListedByNameAndNothingElseIs() {
    made(hosts(List.of("example.com"), List.of()));
    assertThat(grants.change("acme/shop", secrets(set("A", SECRET))))
        .isInstanceOf(Outcome.Made.class);
    client.putItem(
        r ->
            r.tableName(table)
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS("run#r-1"), "sk", AttributeValue.fromS("r"))));
    assertThat(grants.all()).extracting(ListedGrants::project).containsExactly("acme/shop", "shop");
  }

  @Test
  void aTableThatIsNotThereIsNoEmptyOne() {
    DynamoGrants gone = new DynamoGrants(LocalDynamo.access(), "gone");
    assertThatThrownBy(gone::all).isInstanceOf(CloudException.class);
    assertThatThrownBy(() -> gone.find("shop"))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("what the project shop grants");
  }
}
