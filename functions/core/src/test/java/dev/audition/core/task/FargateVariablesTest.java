package dev.audition.core.task;

import static dev.audition.core.testkit.ContainerSample.candidate;
import static dev.audition.core.testkit.ContainerSample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.hook.HookHosts;
import dev.audition.core.image.ImageConfig;
import dev.audition.core.image.ImageConfigs;
import dev.audition.core.size.TaskSize;
import dev.audition.core.testkit.ContainerSample;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.TreeNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FargateVariablesTest {
  private static final FargateOptions OPTIONS = FargateOptions.of("/w");
  private static final String ARN = "arn:aws:secretsmanager:eu-central-1:1:secret:db-AbCdEf";

  private static FargateLowered lower(FargateOptions options, ContainerSample... containers) {
    return lower(options, ImageConfigs.NONE, containers);
  }

  private static FargateLowered lower(
      FargateOptions options, ImageConfigs images, ContainerSample... containers) {
    return FargateLowering.lower(
        ContainerSample.plan(new TaskSize(1024, 2048), List.of(), containers), images, options);
  }

  private static ContainerDefinition container(FargateLowered lowered, String name) {
    return lowered.tasks().getFirst().definition().containers().stream()
        .filter(container -> container.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static LaunchValues values(FargateLowered lowered) {
    return lowered.tasks().getFirst().values();
  }

  private static List<String> said(FargateLowered lowered) {
    return lowered.diagnostics().stream()
        .filter(Diagnostic::refuses)
        .map(Diagnostic::render)
        .toList();
  }

  private static SequencedMap<String, String> map(String key, String value) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private static FargateOptions granting(String secret) {
    return OPTIONS.withGrants(
        new Grants(map(secret, ARN), new LinkedHashMap<>(), HookHosts.NONE, ""));
  }

  @Test
  void travelInTheFileSoThatRunsShareADefinition() {
    FargateLowered one = lower(OPTIONS, candidate("test").environment("COMMIT", "abc=1 'x'"));
    FargateLowered other = lower(OPTIONS, candidate("test").environment("COMMIT", "def"));

    assertThat(one.tasks().getFirst().definition())
        .isEqualTo(other.tasks().getFirst().definition());
    assertThat(container(one, "test").environment()).isEmpty();
    assertThat(values(one).file("test")).containsExactly(Map.entry("COMMIT", "abc=1 'x'"));
    assertThat(values(one).overrides()).isEmpty();
  }

  @Test
  void standInTheDefinitionWhereTheFileWouldDropThem() {
    FargateLowered lowered =
        lower(
            OPTIONS,
            candidate("test")
                .environment("EMPTY", "")
                .environment("#odd", "a comment in a file")
                .environment("with space", "no name in a file")
                .environment("CONFIG", "two\nlines")
                .environment("CR", "ends\r"));

    assertThat(container(lowered, "test").environment())
        .containsOnlyKeys("EMPTY", "#odd", "with space", "CONFIG", "CR");
    assertThat(values(lowered).file("test")).isEmpty();
    assertThat(values(lowered).overrides()).isEmpty();
    assertThat(said(lowered)).isEmpty();
  }

  @Test
  void withLineBreaksThatDifferFromRunToRunTravelInTheOverride() {
    FargateOptions options = OPTIONS.withRunValues(List.of("Mend it\n\nwith care\n", "1"));
    FargateLowered lowered =
        lower(
            options,
            candidate("test")
                .environment("MESSAGE", "> Mend it\n\nwith care")
                .environment("NUMBERS", "1\n2"));

    assertThat(values(lowered).overrides()).containsOnlyKeys("test");
    assertThat(values(lowered).overrides().get("test"))
        .containsExactly(Map.entry("MESSAGE", "> Mend it\n\nwith care"));
    assertThat(container(lowered, "test").environment()).containsOnlyKeys("NUMBERS");
  }

  @Test
  void tooLongForTheOverrideAreRefusedByName() {
    String message = "a line\n".repeat(400);
    FargateLowered lowered =
        lower(
            OPTIONS.withRunValues(List.of(message)),
            candidate("test").environment("A", message).environment("B", message));

    assertThat(said(lowered))
        .singleElement()
        .asString()
        .contains("services.test.environment.B")
        .contains("5000 characters")
        .contains("Leave out the line breaks");
  }

  @Test
  void longerThanALineOfTheFileAreRefusedByName() {
    String longest = "x".repeat(FargateVariables.LONGEST_LINE - 2);

    assertThat(said(lower(OPTIONS, candidate("t").environment("A", longest)))).isEmpty();
    assertThat(said(lower(OPTIONS, candidate("t").environment("A", longest + "x"))))
        .singleElement()
        .asString()
        .contains("services.t.environment.A: the value has 63 KiB");
  }

  @Test
  void moreThanAContainerStartsWithAreRefused() {
    String large = "x".repeat(50 * 1024);
    assertThat(
            said(
                lower(
                    OPTIONS,
                    candidate("t")
                        .environment("A", large)
                        .environment("B", large)
                        .environment("C", large))))
        .singleElement()
        .asString()
        .contains("services.t.environment: all variables together have 150 KiB");
  }

  @Test
  void ofSecretsAreReferencesAndNoValue() {
    FargateLowered lowered =
        lower(granting("DB"), candidate("t").environment("PGPASSWORD", "audition-secret(DB)"));

    assertThat(said(lowered)).isEmpty();
    assertThat(container(lowered, "t").environment()).isEmpty();
    assertThat(values(lowered).files()).isEmpty();
    assertThat(container(lowered, "t").account().secrets())
        .containsExactly(Map.entry("PGPASSWORD", ARN));
  }

  @Test
  void thatHoldASecretAmongOtherTextAreRefusedByName() {
    FargateLowered lowered =
        lower(
            granting("DB"),
            candidate("t").environment("URL", "postgres://u:audition-secret(DB)@db/x"));

    assertThat(said(lowered))
        .singleElement()
        .asString()
        .contains("services.t.environment.URL: the secret DB is only a part of the value");
    assertThat(values(lowered).files()).isEmpty();
  }

  @Test
  void ofSecretsTheProjectDoesNotGrantAreRefused() {
    assertThat(
            said(lower(granting("OTHER"), candidate("t").environment("P", "audition-secret(DB)"))))
        .singleElement()
        .asString()
        .contains("the project grants its runs no secret DB");
  }

  @Test
  void secretsOutsideOfVariablesAreRefused() {
    FargateLowered lowered =
        lower(granting("DB"), candidate("t").command("login", "--password=audition-secret(DB)"));

    assertThat(said(lowered))
        .singleElement()
        .asString()
        .contains("services.t.command: the secret DB stands here");
  }

  @Test
  void grantsRolesAndDiskComeIntoTheDefinition() {
    SequencedMap<String, String> registries = map("docker.io", "arn:creds");
    FargateOptions options =
        OPTIONS
            .withGrants(new Grants(map("DB", ARN), registries, HookHosts.NONE, "arn:role"))
            .withEphemeralStorageGiB(50);
    FargateLowered lowered =
        lower(options, service("db").environment("P", "audition-secret(DB)"), candidate("test"));
    TreeNode json =
        TaskDefinitionJson.render(
            lowered.tasks().getFirst().definition(),
            new LogOptions("/audition", "eu-central-1", "run", false),
            new TaskDefinitionJson.Roles("arn:execution", "arn:deployment"));

    assertThat(TaskDefinitionRules.check(json)).isEmpty();
    assertThat(JsonWriter.write(json))
        .contains("\"taskRoleArn\":\"arn:role\",\"executionRoleArn\":\"arn:execution\"")
        .contains("\"ephemeralStorage\":{\"sizeInGiB\":50}")
        .contains("\"repositoryCredentials\":{\"credentialsParameter\":\"arn:creds\"}")
        .contains("\"secrets\":[{\"name\":\"P\",\"valueFrom\":\"" + ARN + "\"}]")
        .contains("\"mode\":\"non-blocking\",\"max-buffer-size\":\"25m\"")
        .contains("\"mode\":\"blocking\"}");
  }

  @Test
  void theCheaperArchitectureIsTakenOnlyIfEveryImageHasIt() {
    assertThat(platform("amd64", "arm64")).isEqualTo("linux/arm64");
    assertThat(platform("amd64")).isEqualTo("linux/amd64");
    assertThat(platform()).isEqualTo("linux/amd64");
  }

  private static String platform(String... architecturesOfDb) {
    ImageConfigs images =
        new ImageConfigs() {
          @Override
          public Optional<ImageConfig> find(String reference) {
            return Optional.empty();
          }

          @Override
          public Set<String> architectures(String reference) {
            return reference.equals("db:1") ? Set.of(architecturesOfDb) : Set.of("amd64", "arm64");
          }
        };
    return lower(OPTIONS, images, service("db"), candidate("test"))
        .tasks()
        .getFirst()
        .definition()
        .platform();
  }
}
