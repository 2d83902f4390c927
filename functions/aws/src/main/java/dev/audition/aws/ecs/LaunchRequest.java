package dev.audition.aws.ecs;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunFiles;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.TaskRuntime.Launch;
import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import software.amazon.awssdk.services.ecs.model.AssignPublicIp;
import software.amazon.awssdk.services.ecs.model.CapacityProviderStrategyItem;
import software.amazon.awssdk.services.ecs.model.ContainerOverride;
import software.amazon.awssdk.services.ecs.model.EnvironmentFile;
import software.amazon.awssdk.services.ecs.model.EnvironmentFileType;
import software.amazon.awssdk.services.ecs.model.KeyValuePair;
import software.amazon.awssdk.services.ecs.model.PropagateTags;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.Tag;

/**
 * Spells a launch as RunTask takes it: a pure function of the launch and the settings, because ECS
 * takes a client token again only with the very same parameters.
 */
final class LaunchRequest {
  /** The most characters of all overrides, by the API reference. */
  static final int MOST_OVERRIDES = 8192;

  private final FargateSettings settings;

  LaunchRequest(FargateSettings settings) {
    this.settings = settings;
  }

  /** Return the request. */
  RunTaskRequest of(Launch launch, TaskKey key, LaunchValues values, String definitionArn) {
    return RunTaskRequest.builder()
        .cluster(settings.cluster())
        .taskDefinition(definitionArn)
        .count(1)
        .clientToken(launch.clientToken())
        .startedBy(launch.startedBy())
        .group("audition:" + key.run())
        .capacityProviderStrategy(
            CapacityProviderStrategyItem.builder()
                .capacityProvider(onSpot(key) ? "FARGATE_SPOT" : "FARGATE")
                .weight(1)
                .build())
        .networkConfiguration(
            network ->
                network.awsvpcConfiguration(
                    vpc ->
                        vpc.subnets(settings.subnets())
                            .securityGroups(settings.securityGroups())
                            .assignPublicIp(
                                settings.assignPublicIp()
                                    ? AssignPublicIp.ENABLED
                                    : AssignPublicIp.DISABLED)))
        .overrides(task -> task.containerOverrides(overrides(launch, key, values)))
        .enableECSManagedTags(true)
        .propagateTags(PropagateTags.TASK_DEFINITION)
        .tags(tags(key))
        .build();
  }

  /** Where admission counts the run; what was interrupted once is not put there again. */
  private boolean onSpot(TaskKey key) {
    return key.attempt() == 1
        && CapacityPool.of(key.run(), settings.spotPercent()) == CapacityPool.SPOT;
  }

  private static List<Tag> tags(TaskKey key) {
    SequencedMap<String, String> tags = new LinkedHashMap<>();
    tags.put("audition:run", key.run().value());
    tags.put("audition:step", Integer.toString(key.step()));
    tags.put("audition:task", Integer.toString(key.task()));
    tags.put("audition:attempt", Integer.toString(key.attempt()));
    return tags.entrySet().stream()
        .map(tag -> Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
        .toList();
  }

  private List<ContainerOverride> overrides(Launch launch, TaskKey key, LaunchValues values) {
    List<ContainerOverride> overrides = new ArrayList<>();
    for (ContainerDefinition container : launch.definition().containers()) {
      String name = container.name();
      Map<String, String> variables = values.overrides().getOrDefault(name, new LinkedHashMap<>());
      boolean file = !values.file(name).isEmpty();
      if (variables.isEmpty() && !file) {
        continue;
      }
      ContainerOverride.Builder override = ContainerOverride.builder().name(name);
      if (!variables.isEmpty()) {
        override.environment(
            variables.entrySet().stream()
                .map(v -> KeyValuePair.builder().name(v.getKey()).value(v.getValue()).build())
                .toList());
      }
      if (file) {
        override.environmentFiles(
            EnvironmentFile.builder()
                .type(EnvironmentFileType.S3)
                .value(settings.objectArn(RunFiles.environment(key, name)))
                .build());
      }
      overrides.add(override.build());
    }
    return overrides;
  }

  /** Count the characters of a request's overrides as the API does, punctuation included. */
  static int overrideCharacters(RunTaskRequest request) {
    List<TreeNode> containers = new ArrayList<>();
    for (ContainerOverride override : request.overrides().containerOverrides()) {
      Tree.MappingBuilder json = Tree.mapping().putText("name", override.name());
      if (override.hasEnvironment()) {
        json.putList(
            "environment",
            override.environment().stream()
                .map(v -> Tree.mapping().putText("name", v.name()).putText("value", v.value()))
                .map(Tree.MappingBuilder::build)
                .toList());
      }
      if (override.hasEnvironmentFiles()) {
        json.putList(
            "environmentFiles",
            override.environmentFiles().stream()
                .map(f -> Tree.mapping().putText("value", f.value()).putText("type", "s3"))
                .map(Tree.MappingBuilder::build)
                .toList());
      }
      containers.add(json.build());
    }
    return JsonWriter.write(Tree.mapping().putList("containerOverrides", containers).build())
        .length();
  }
}
