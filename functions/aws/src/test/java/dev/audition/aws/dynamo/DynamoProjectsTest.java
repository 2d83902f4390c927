package dev.audition.aws.dynamo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.aws.CloudException;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.Grants;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynamoProjectsTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/db-AbCdEf";
  private static final Pattern EXAMPLE = Pattern.compile("(?s)put-item .*?--item '(\\{.*?\\})'");

  private final String table = LocalDynamo.table();
  private final DynamoProjects projects = new DynamoProjects(LocalDynamo.access(), table);
  private final DynamoDbClient client = LocalDynamo.access().client(DynamoDbClient.builder());

  private void put(String project, Map<String, AttributeValue> attributes) {
    Map<String, AttributeValue> item = new HashMap<>(attributes);
    item.put("pk", AttributeValue.fromS("project#" + project));
    item.put("sk", AttributeValue.fromS("grants"));
    item.putIfAbsent("schema", AttributeValue.fromN("1"));
    client.putItem(r -> r.tableName(table).item(item));
  }

  private static AttributeValue map(String name, String value) {
    return AttributeValue.fromM(Map.of(name, AttributeValue.fromS(value)));
  }

  @Test
  void aProjectThatNobodyWroteDownGrantsNothing() {
    assertThat(projects.of("shop")).isEqualTo(Grants.NONE);
  }

  @Test
  void whatTheDocumentationShowsIsRead() throws IOException {
    Path page = Path.of(System.getProperty("audition.project", "../.."), "docs/deploy.md");
    Matcher example = EXAMPLE.matcher(Files.readString(page));
    assertThat(example.find()).as("an entry in %s", page).isTrue();
    Map<String, AttributeValue> item = StoredItems.readItem(example.group(1));
    client.putItem(r -> r.tableName(table).item(item));

    Grants grants = projects.of("shop");

    assertThat(grants.secrets()).containsOnlyKeys("DB_PASSWORD", "CI_WEBHOOK");
    assertThat(grants.registries()).containsOnlyKeys("ghcr.io");
    assertThat(grants.taskRole()).endsWith(":role/shop-tests");
    assertThat(grants.refusal(new HookTarget.Slack(HookUrl.of("https://ci.example.com/x"))))
        .isEmpty();
    assertThat(projects.of("shop2")).isEqualTo(Grants.NONE);
  }

  @Test
  void hostsMayBeASetAsWell() {
    put("shop", Map.of("hookHosts", AttributeValue.fromSs(List.of("*.example.com"))));
    assertThat(projects.of("shop").hookHosts().patterns()).containsExactly("*.example.com");
  }

  @Test
  void everythingThatIsWrongIsToldAtOnceWithoutItsValue() {
    put(
        "shop",
        Map.of(
            "schema", AttributeValue.fromN("2"),
            "secrets", map("DB_PASSWORD", "the password itself"),
            "registries", map("https://ghcr.io", SECRET),
            "hookHosts", AttributeValue.fromS("ci.example.com"),
            "taskRole", AttributeValue.fromS("shop-tests"),
            "webhooks", AttributeValue.fromS("x")));
    assertThatThrownBy(() -> projects.of("shop"))
        .isInstanceOf(UnreadableGrantsException.class)
        .hasMessage(
            "the entry of the project shop: schema: is not the number 1;"
                + " webhooks: there is no such attribute;"
                + " secrets.DB_PASSWORD: is not the ARN of a secret in Secrets Manager;"
                + " registries: \"https://ghcr.io\" is no name here (expected: a host such as"
                + " ghcr.io, docker.io for Docker Hub);"
                + " hookHosts: is not a list of names such as ci.example.com or *.example.com;"
                + " taskRole: is not the ARN of a role");
  }

  @Test
  void aTableThatIsNotThereIsNoEmptyOne() {
    DynamoProjects gone = new DynamoProjects(LocalDynamo.access(), "gone");
    assertThatThrownBy(() -> gone.of("shop"))
        .isInstanceOf(CloudException.class)
        .hasMessageContaining("what the project shop grants");
  }
}
