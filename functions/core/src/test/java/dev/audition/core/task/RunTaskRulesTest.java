package dev.audition.core.task;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.run.ClientToken;
import dev.audition.core.run.RunId;
import dev.audition.core.run.TaskKey;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.YamlReader;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunTaskRulesTest {
  private static final String GOOD =
      """
      cluster: c
      taskDefinition: t
      startedBy: run-1/1/1/1
      clientToken: abc
      count: 1
      capacityProviderStrategy: [{capacityProvider: FARGATE, weight: 1, base: 1}, {capacityProvider: FARGATE_SPOT, weight: 4}]
      networkConfiguration: {awsvpcConfiguration: {subnets: [a], securityGroups: [g], assignPublicIp: ENABLED}}
      propagateTags: TASK_DEFINITION
      tags: [{key: audition-run, value: run-1}]
      overrides:
        containerOverrides:
          - name: app
            environmentFiles: [{type: s3, value: 'arn:aws:s3:::b/runs/r/app.env'}]
            environment: [{name: A, value: 'x'}]
      """;

  private static List<String> check(String yaml) {
    Diagnostics diagnostics = new Diagnostics();
    TreeNode node = YamlReader.read(yaml, "f", diagnostics);
    assertThat(diagnostics.sorted()).isEmpty();
    return RunTaskRules.check(Objects.requireNonNull(node), Set.of("app"));
  }

  @Test
  void acceptAGoodRequest() {
    assertThat(check(GOOD)).isEmpty();
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "taskDefinition: t | taskDefinition: '' | taskDefinition is required",
        "cluster: c | placementStrategy: [] | unknown field, or not for Fargate: placementStrategy",
        "run-1/1/1/1 | run 1 | startedBy: run 1",
        "clientToken: abc | clientToken: a b | clientToken: a b",
        "count: 1 | count: 11 | count: 11 (expected: 1 to 10)",
        "count: 1 | launchType: FARGATE | a capacity provider strategy and a launch type exclude",
        "weight: 4} | weight: 4, base: 2} | only one capacity provider may have a base",
        "FARGATE_SPOT | SPOT | capacity provider: SPOT",
        "networkConfiguration | platformVersion: x # | Network Configuration must be provided when",
        "subnets: [a] | subnets: [] | subnets: 0 (expected: 1 to 16)",
        "[g] | [a, b, c, d, e, f] | more than 5 security groups",
        "ENABLED | YES | assignPublicIp: YES",
        "TASK_DEFINITION | SERVICE | propagateTags: SERVICE",
        "audition-run | 'aws:run' | tag key: aws:run (aws: is reserved)",
        "value: run-1 | value: 'run<1>' | tag value of audition-run",
        "name: app | name: web | Override for container named web is not a container in the",
        "environment: | image: x # | cannot be overridden: image",
        "environment: | entryPoint: [x] # | cannot be overridden: entryPoint",
        "app.env' | app.txt' | app: an environment file is of type s3, the ARN of an object",
        "value: 'x'} | value: 1} | app: environment: name and value are texts",
      })
  void nameWhatIsBroken(String from, String to, String rule) {
    assertThat(GOOD).contains(from);
    assertThat(check(GOOD.replace(from, to))).anySatisfy(line -> assertThat(line).contains(rule));
  }

  @Test
  void refuseMoreThan8192CharactersOfOverrides() {
    assertThat(check(GOOD.replace("'x'", "'" + "x".repeat(8192) + "'")))
        .singleElement()
        .asString()
        .startsWith("overrides: 83")
        .endsWith("characters (expected: at most 8192)");
  }

  @Test
  void takeTheLongestNamesThatRunsHave() {
    TaskKey key = new TaskKey(new RunId("r".repeat(40)), 999_999, 999_999, 999_999);
    assertThat(
            check(
                GOOD.replace("run-1/1/1/1", key.startedBy())
                    .replace("clientToken: abc", "clientToken: " + ClientToken.of(key, 999_999))))
        .isEmpty();
  }
}
