package dev.audition.aws.ecs;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ListTaskDefinitionFamiliesResponse;
import software.amazon.awssdk.services.ecs.model.TaskDefinition;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionFamilyStatus;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Removes task definitions that the registry has forgotten. A definition is deregistered first,
 * which keeps running tasks running, and then deleted; what is left half way is found again.
 */
final class UnusedDefinitions {
  /** One registered so lately may be about to be remembered. */
  private static final Duration FRESH = Duration.ofHours(1);

  private final EcsClient ecs;
  private final DefinitionRegistry registry;
  private final FargateSettings settings;
  private final InstantSource clock;
  private final Backoff backoff;

  UnusedDefinitions(
      EcsClient ecs,
      DefinitionRegistry registry,
      FargateSettings settings,
      InstantSource clock,
      Backoff backoff) {
    this.ecs = ecs;
    this.registry = registry;
    this.settings = settings;
    this.clock = clock;
    this.backoff = backoff;
  }

  /** Remove some; return how many. */
  int remove(int most) {
    try {
      List<String> deregistered = new ArrayList<>();
      for (String family : families(TaskDefinitionFamilyStatus.ACTIVE)) {
        if (deregistered.size() >= most) {
          break;
        }
        if (forgotten(family)) {
          deregistered.addAll(deregister(family, most - deregistered.size()));
        }
      }
      for (String family : families(TaskDefinitionFamilyStatus.INACTIVE)) {
        if (deregistered.size() >= most) {
          break;
        }
        if (TaskDefinitions.hashOf(family).isPresent()) {
          definitions(family, TaskDefinitionStatus.INACTIVE).stream()
              .filter(arn -> !deregistered.contains(arn))
              .limit(most - deregistered.size())
              .forEach(deregistered::add);
        }
      }
      delete(deregistered);
      return deregistered.size();
    } catch (SdkException e) {
      throw EcsFaults.unavailable("remove unused task definitions", e);
    }
  }

  private boolean forgotten(String family) {
    Optional<String> hash = TaskDefinitions.hashOf(family);
    return hash.isPresent() && !registry.remembers(hash.get());
  }

  private List<String> families(TaskDefinitionFamilyStatus status) {
    List<String> families = new ArrayList<>();
    String[] next = {null};
    do {
      ListTaskDefinitionFamiliesResponse answer =
          ecs.listTaskDefinitionFamilies(
              request ->
                  request
                      .familyPrefix(TaskDefinitions.prefix(settings))
                      .status(status)
                      .nextToken(next[0]));
      families.addAll(answer.families());
      next[0] = answer.nextToken();
    } while (next[0] != null);
    return families;
  }

  private List<String> definitions(String family, TaskDefinitionStatus status) {
    return ecs.listTaskDefinitions(request -> request.familyPrefix(family).status(status))
        .taskDefinitionArns();
  }

  private List<String> deregister(String family, int most) {
    List<String> deregistered = new ArrayList<>();
    for (String arn : definitions(family, TaskDefinitionStatus.ACTIVE)) {
      if (deregistered.size() < most && !fresh(arn)) {
        patiently(() -> ecs.deregisterTaskDefinition(request -> request.taskDefinition(arn)));
        deregistered.add(arn);
      }
    }
    return deregistered;
  }

  private boolean fresh(String arn) {
    TaskDefinition definition =
        ecs.describeTaskDefinition(request -> request.taskDefinition(arn)).taskDefinition();
    Instant registeredAt = definition.registeredAt();
    return registeredAt == null || registeredAt.plus(FRESH).isAfter(clock.instant());
  }

  /** At most ten in one call. */
  private void delete(List<String> arns) {
    for (int from = 0; from < arns.size(); from += 10) {
      List<String> batch = arns.subList(from, Math.min(from + 10, arns.size()));
      patiently(() -> ecs.deleteTaskDefinitions(request -> request.taskDefinitions(batch)));
    }
  }

  private void patiently(Runnable call) {
    for (int tried = 1; ; tried++) {
      try {
        call.run();
        return;
      } catch (SdkException e) {
        if (!EcsFaults.throttled(e) || !backoff.again(tried)) {
          throw e;
        }
      }
    }
  }
}
