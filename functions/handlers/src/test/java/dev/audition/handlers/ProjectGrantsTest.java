package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.hook.HookHosts;
import dev.audition.core.run.RunStatus;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.AccountOptions;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.Grants;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.verdict.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

/** What a project lists reaches its runs, and nothing else does. */
final class ProjectGrantsTest {
  private static final String SECRETS =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/";
  private static final String DB = SECRETS + "db-AbCdEf";
  private static final String LOGIN = SECRETS + "ghcr-AbCdEf";
  private static final String ROLE = "arn:aws:iam::123456789012:role/shop";
  private static final String FORK = ", \"git\": {\"CF_PULL_REQUEST_IS_FORK\": \"true\"}";
  private static final String COMPOSE =
      """
      services:
        tests:
          image: ghcr.io/acme/tests:1
          environment: {PGPASSWORD: "${DB_PASSWORD}", MODE: fast}
      """;
  private static final String NOTIFIED =
      """
      services: {tests: {image: 'ghcr.io/acme/tests:1'}}
      x-audition:
        hooks:
          on_fail:
            notify:
              - webhook: {url: https://ci.example.com/audition, secret: SIGNING}
              - slack: {url_from: CHANNEL}
      """;

  private final Deployment deployment = new Deployment().knows("ghcr.io/acme/tests:1");

  private static SequencedMap<String, String> map(String... namesAndArns) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    for (int i = 0; i < namesAndArns.length; i += 2) {
      map.put(namesAndArns[i], namesAndArns[i + 1]);
    }
    return map;
  }

  private void grant(Grants grants) {
    deployment.granted.put("shop", grants);
  }

  private void take(String compose, String more) {
    deployment.requests.take(
        deployment.source("r-1", ", \"candidates\": [\"tests\"]" + more, "compose.yml", compose));
  }

  private AccountOptions tests() {
    return definition().containers().stream()
        .filter(container -> container.name().equals("tests"))
        .map(ContainerDefinition::account)
        .findFirst()
        .orElseThrow();
  }

  private TaskDefinition definition() {
    return deployment.preparation.definitions(deployment.run("r-1").id(), 1).getFirst();
  }

  private String refusal() {
    assertThat(deployment.run("r-1").verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(deployment.tasks.launched()).isEmpty();
    return Objects.requireNonNull(deployment.run("r-1").interruption()).paragraph();
  }

  @Test
  void reachTheTaskDefinition() {
    grant(new Grants(map("DB_PASSWORD", DB), map("ghcr.io", LOGIN), HookHosts.NONE, ROLE));
    take(COMPOSE, "");

    assertThat(tests().secrets()).containsExactly(Map.entry("PGPASSWORD", DB));
    assertThat(tests().repositoryCredentials()).isEqualTo(LOGIN);
    assertThat(definition().taskRole()).isEqualTo(ROLE);
    assertThat(deployment.preparation.values(deployment.run("r-1").id(), 1, 1).file("tests"))
        .containsExactly(Map.entry("MODE", "fast"));
  }

  @Test
  void openTheRegistriesThatArePlannedWith() {
    grant(new Grants(map(), map("ghcr.io", LOGIN), HookHosts.NONE, ""));
    take("services: {tests: {image: 'ghcr.io/acme/tests:1'}}", "");
    assertThat(deployment.opened).containsOnly(Map.of("ghcr.io", LOGIN));
  }

  @Test
  void ofAnotherProjectAreNothing() {
    deployment.granted.put(
        "warehouse", new Grants(map("DB_PASSWORD", DB), map("ghcr.io", LOGIN), HookHosts.NONE, ""));
    take("services: {tests: {image: 'ghcr.io/acme/tests:1'}}", "");

    assertThat(deployment.run("r-1").status()).isEqualTo(RunStatus.RUNNING);
    assertThat(tests().secrets()).isEmpty();
    assertThat(tests().repositoryCredentials()).isEmpty();
    assertThat(deployment.opened).containsOnly(Map.of());
  }

  @Test
  void doNotHoldASecretThatIsNamedNevertheless() {
    take(COMPOSE.replace("${DB_PASSWORD}", "audition-secret(DB_PASSWORD)"), "");
    assertThat(refusal())
        .contains("compose.yml:2")
        .contains("services.tests.environment.PGPASSWORD")
        .contains("the project grants its runs no secret DB_PASSWORD");
  }

  @Test
  void areNotForForksWhichAreToldWhere() {
    grant(new Grants(map("DB_PASSWORD", DB), map("ghcr.io", LOGIN), HookHosts.NONE, ROLE));
    take(COMPOSE, FORK);
    assertThat(refusal())
        .contains("compose.yml:2")
        .contains("the project grants its runs no secret DB_PASSWORD")
        .contains("runs of pull requests from forks get nothing");
    assertThat(deployment.opened).containsOnly(Map.of());
  }

  @Test
  void areWeakerThanWhatIsGivenForTheRun() {
    grant(new Grants(map("DB_PASSWORD", DB), map(), HookHosts.NONE, ""));
    take(COMPOSE, ", \"variables\": {\"DB_PASSWORD\": \"mine\"}");
    assertThat(tests().secrets()).isEmpty();
  }

  @Test
  void thatWereTakenBackWhileARunWaitedAreGone() {
    grant(new Grants(map("DB_PASSWORD", DB), map(), HookHosts.NONE, ""));
    String large = COMPOSE.replace("image:", "cpus: 4\n    image:");
    take(large, "");
    deployment.requests.take(
        deployment.source("r-2", ", \"candidates\": [\"tests\"]", "compose.yml", large));
    assertThat(deployment.run("r-2").status()).isEqualTo(RunStatus.QUEUED);
    deployment.granted.clear();

    deployment.queue.changed(
        List.of(deployment.runs.cancel(deployment.run("r-1").id(), "somebody", "")));

    assertThat(deployment.text("r-2", "definitions-1")).doesNotContain(DB);
  }

  @Test
  void boundWhomHooksMayBePostedToAndWithWhat() {
    take(NOTIFIED, "");
    assertThat(refusal())
        .contains("compose.yml: hooks.on_fail.notify.webhook")
        .contains("post nothing to ci.example.com")
        .contains("hooks.on_fail.notify.slack")
        .contains("no secret CHANNEL")
        .contains("Whoever runs the deployment lists it");
  }

  @Test
  void letHooksBeSentThatAreListed() {
    grant(
        new Grants(
            map("SIGNING", DB, "CHANNEL", LOGIN),
            map(),
            new HookHosts(List.of("ci.example.com")),
            ""));
    take(NOTIFIED, "");
    assertThat(deployment.run("r-1").status()).isEqualTo(RunStatus.RUNNING);
  }

  @Test
  void thatCannotBeReadRefuseTheRunAndSayWhy() {
    Deployment broken = new Deployment();
    RequestedProjects projects =
        new RequestedProjects(
            broken.blobs,
            project -> {
              throw new UnreadableGrantsException(project, List.of("taskRole: is not an ARN"));
            });
    broken.requests(projects).take(Deployment.request("r-1", ""));
    assertThat(Objects.requireNonNull(broken.run("r-1").interruption()).paragraph())
        .contains("project shop")
        .contains("taskRole: is not an ARN")
        .contains("docs/deploy.md");
  }
}
