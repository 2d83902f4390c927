package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who lists what projects may use, and who looks at it. */
class GrantsCommandTest {
  private static final String SECRETS =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/";
  private static final String DB = SECRETS + "db-AbCdEf:password::";
  private static final String LOGIN = SECRETS + "ghcr-AbCdEf";
  private static final String ROLE = "arn:aws:iam::123456789012:role/shop";

  @TempDir Path folder;
  private final DeploymentStandIn ci = new DeploymentStandIn();
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place = Place.in(folder);
  }

  @AfterEach
  void leave() {
    ci.close();
  }

  private CommandRun grants(String... words) {
    List<String> all = new ArrayList<>(List.of("grants", "--stack", "ci"));
    all.addAll(List.of(words));
    return ci.type(place, all.toArray(String[]::new));
  }

  private CommandRun everything() {
    return grants(
        "acme/shop",
        "--set-secret=DB_PASSWORD=" + DB,
        "--set-registry=ghcr.io=" + LOGIN,
        "--add-hook-host=CI.example.com",
        "--add-hook-host=*.hooks.example.com",
        "--set-role=" + ROLE);
  }

  @Test
  void whatIsSetIsShownOneLineEach() {
    CommandRun set = everything();
    assertThat(set.exitCode()).as(set.err()).isZero();
    assertThat(set.err())
        .isEqualTo(
            "ci: what acme/shop grants is changed; the functions go by it within a minute\n");
    assertThat(set.out())
        .isEqualTo(
            """
            project    grants     name                 which is
            acme/shop  secret     DB_PASSWORD          %s
            acme/shop  registry   ghcr.io              %s
            acme/shop  hook host  ci.example.com
            acme/shop  hook host  *.hooks.example.com
            acme/shop  role                            %s
            """
                .formatted(DB, LOGIN, ROLE));
    CommandRun shown = grants("acme/shop");
    assertThat(shown.exitCode()).isZero();
    assertThat(shown.out()).isEqualTo(set.out());
    assertThat(shown.err()).isEmpty();
  }

  @Test
  void allProjectsAreListedByName() {
    assertThat(grants("warehouse", "--add-hook-host=example.com").exitCode()).isZero();
    assertThat(everything().exitCode()).isZero();
    List<String> lines = grants().out().lines().toList();
    assertThat(lines).hasSize(7);
    assertThat(lines.get(1)).startsWith("acme/shop");
    assertThat(lines.getLast()).isEqualTo("warehouse  hook host  example.com");
  }

  @Test
  void whatNobodyListedIsSaid() {
    assertThat(grants().out()).startsWith("No project of ci grants anything:");
    assertThat(grants("shop").out()).startsWith("shop grants nothing in ci:");
    assertThat(grants("--json").out()).contains("\"projects\": []");
  }

  @Test
  void programsReadJson() {
    assertThat(everything().exitCode()).isZero();
    assertThat(JsonWriter.write(JsonReader.read(grants("acme/shop", "--json").out(), "stdout")))
        .isEqualTo(
            ("{'stack':'ci','projects':[{'project':'acme/shop','secrets':{'DB_PASSWORD':'%s'},"
                    + "'registries':{'ghcr.io':'%s'},"
                    + "'hookHosts':['ci.example.com','*.hooks.example.com'],'taskRole':'%s'}]}")
                .formatted(DB, LOGIN, ROLE)
                .replace('\'', '"'));
  }

  @Test
  void whatIsRemovedIsGoneAndTheRestStays() {
    assertThat(everything().exitCode()).isZero();
    CommandRun run =
        grants(
            "acme/shop",
            "--remove-secret=DB_PASSWORD",
            "--remove-hook-host=ci.example.com",
            "--remove-role");
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("ghcr.io", "*.hooks.example.com")
        .doesNotContain("DB_PASSWORD", " ci.example.com", "role");
  }

  @Test
  void everythingThatIsWrongIsSaidAtOnceAndNothingIsWritten() {
    CommandRun run =
        grants(
            "shop",
            "--set-secret=DB_PASSWORD=hunter2",
            "--set-registry=https://ghcr.io=" + LOGIN,
            "--add-hook-host=https://ci.example.com/x",
            "--set-role=shop-tests",
            "--remove-secret=OLD");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .isEqualTo(
            """
            audition: nothing was changed of what shop grants in ci:
              secrets: there is no OLD to remove
              secrets.DB_PASSWORD: is not the ARN of a secret in Secrets Manager
              registries: "https://ghcr.io" is no name here (expected: a host such as ghcr.io, docker.io for Docker Hub)
              hookHosts: is not a list of names such as ci.example.com or *.example.com
              taskRole: is not the ARN of a role
            """);
    assertThat(grants("shop").out()).startsWith("shop grants nothing");
  }

  @Test
  void anEntryThatCannotBeUnderstoodIsShownAsThat() {
    LocalDynamo.grant(
        Objects.requireNonNull(ci.account.outputs.get("TableName")),
        "shop",
        Map.of("DB_PASSWORD", "hunter2"),
        List.of("example.com"));
    CommandRun run = grants();
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out())
        .contains("refuses all runs: secrets.DB_PASSWORD: is not the ARN of a secret")
        .doesNotContain("hunter2");
    assertThat(grants("shop", "--json").out()).contains("\"problems\": [");
    CommandRun mended = grants("shop", "--set-secret=DB_PASSWORD=" + DB);
    assertThat(mended.exitCode()).as(mended.err()).isZero();
    assertThat(mended.out()).contains(DB, "example.com");
  }

  @Test
  void whoMayNotChangeItIsToldSo() {
    ci.account.refuse("GetItem", 400, "AccessDeniedException", "User ann is not authorized");
    ci.table = ci.account::access;
    CommandRun run = grants("shop", "--set-role=" + ROLE);
    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err())
        .startsWith("audition: Could not look up what the project shop grants: User ann is not")
        .hasLineCount(1);
  }

  @Test
  void changesNeedAProjectAndASense() {
    assertUsage(grants("--set-role=" + ROLE), "which project?", "grants PROJECT --stack ci");
    assertUsage(grants("a b"), "\"a b\" is no name of a project");
    assertUsage(grants("shop", "--set-role=" + ROLE, "--remove-role"), "one of them, not both");
    assertUsage(
        grants("shop", "--set-secret=A=" + DB, "--remove-secret=A"),
        "secrets.A: is to be set and to be removed");
  }

  private static void assertUsage(CommandRun run, String... words) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
    assertThat(run.err()).contains(words);
  }
}
