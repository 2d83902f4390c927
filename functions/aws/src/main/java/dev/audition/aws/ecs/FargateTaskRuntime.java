package dev.audition.aws.ecs;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.run.TaskKey;
import dev.audition.core.run.port.BlobStore;
import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime;
import dev.audition.core.task.LaunchValues;
import dev.audition.core.task.TaskArn;
import dev.audition.core.task.TaskDescription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.ConflictException;
import software.amazon.awssdk.services.ecs.model.DescribeTasksResponse;
import software.amazon.awssdk.services.ecs.model.DesiredStatus;
import software.amazon.awssdk.services.ecs.model.ListTasksRequest;
import software.amazon.awssdk.services.ecs.model.ListTasksResponse;
import software.amazon.awssdk.services.ecs.model.RunTaskRequest;
import software.amazon.awssdk.services.ecs.model.RunTaskResponse;

/** Runs tasks on Fargate. Safe for several threads. */
public final class FargateTaskRuntime implements TaskRuntime {
  /** The most tasks of one DescribeTasks. */
  private static final int BATCH = 100;

  private static final int LONGEST_REASON = 255;

  private final EcsClient ecs;
  private final FargateSettings settings;
  private final TaskDefinitions definitions;
  private final UnusedDefinitions unused;
  private final EnvironmentFiles files;
  private final OwnValues ownValues;
  private final LaunchRequest requests;

  /** Make one for a deployment. */
  public FargateTaskRuntime(
      AwsAccess access,
      FargateSettings settings,
      BlobStore blobs,
      DefinitionRegistry registry,
      InstantSource clock) {
    this(
        access.client(EcsClient.builder()),
        settings,
        blobs,
        registry,
        clock,
        TaskDefinitions.usualBackoff());
  }

  FargateTaskRuntime(
      EcsClient ecs,
      FargateSettings settings,
      BlobStore blobs,
      DefinitionRegistry registry,
      InstantSource clock,
      Backoff backoff) {
    this.ecs = ecs;
    this.settings = settings;
    this.definitions = new TaskDefinitions(ecs, registry, settings, backoff);
    this.unused = new UnusedDefinitions(ecs, registry, settings, clock, backoff);
    this.files = new EnvironmentFiles(blobs);
    this.ownValues = new OwnValues(blobs, clock);
    this.requests = new LaunchRequest(settings);
  }

  @Override
  public LaunchAnswer launch(Launch launch) {
    TaskKey key =
        TaskKey.parse(launch.startedBy())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "started by: \"%s\" (expected: an attempt of a run)"
                            .formatted(launch.startedBy())));
    try {
      LaunchValues values = ownValues.added(launch, key);
      // A definition may have been removed since it was found; it is registered again, once.
      return launch(launch, key, values)
          .or(() -> launch(launch, key, values))
          .orElseGet(
              () ->
                  new LaunchAnswer.Refused(
                      RefusalKind.CAPACITY, "ECS does not find the task definition it has"));
    } catch (CloudException e) {
      String words = String.valueOf(e.getMessage());
      if (e.retryable()) {
        throw new RuntimeUnavailableException(words, e);
      }
      return new LaunchAnswer.Refused(RefusalKind.OUTSIDE, words);
    }
  }

  /** Launch; empty if the definition is gone. */
  private Optional<LaunchAnswer> launch(Launch launch, TaskKey key, LaunchValues values) {
    return switch (definitions.registered(launch.definition())) {
      case TaskDefinitions.Answer.NotTaken no -> Optional.of(no.refusal());
      case TaskDefinitions.Answer.Found found -> {
        RunTaskRequest request = requests.of(launch, key, values, found.definition().arn());
        int characters = LaunchRequest.overrideCharacters(request);
        if (characters > LaunchRequest.MOST_OVERRIDES) {
          yield Optional.of(
              new LaunchAnswer.Refused(
                  RefusalKind.OUTSIDE,
                  "the launch's overrides have %d characters, and ECS takes %d"
                      .formatted(characters, LaunchRequest.MOST_OVERRIDES)));
        }
        files.write(key, values);
        yield run(request, found.definition());
      }
    };
  }

  private Optional<LaunchAnswer> run(
      RunTaskRequest request, TaskDefinitions.Registered definition) {
    try {
      RunTaskResponse answer = ecs.runTask(request);
      return Optional.of(
          answer.tasks().isEmpty()
              ? EcsFaults.failures(answer.failures())
              : launched(answer.tasks().getFirst().taskArn()));
    } catch (ConflictException e) {
      return Optional.of(adopt(request, e));
    } catch (AwsServiceException e) {
      if (EcsFaults.passing(e)) {
        throw EcsFaults.unavailable("launch a task", e);
      }
      if (EcsFaults.definitionGone(e)) {
        definitions.forget(definition);
        return Optional.empty();
      }
      return Optional.of(EcsFaults.launch(e));
    } catch (SdkException e) {
      throw EcsFaults.unavailable("launch a task", e);
    }
  }

  private static LaunchAnswer launched(String arn) {
    return new LaunchAnswer.Launched(new TaskArn(arn));
  }

  /**
   * The token was used with other parameters: what it launched then is the task. Where ECS does not
   * name it and does not list it yet, the launch is asked for again: never a second one.
   */
  private LaunchAnswer adopt(RunTaskRequest request, ConflictException conflict) {
    return conflict.resourceIds().stream()
        .findFirst()
        .or(
            () ->
                find(request.startedBy()).stream().map(task -> task.taskArn().value()).findFirst())
        .map(FargateTaskRuntime::launched)
        .orElseThrow(() -> EcsFaults.unavailable("find the task of a launch", conflict));
  }

  @Override
  public void stop(TaskArn taskArn, String reason) {
    String words = reason.substring(0, Math.min(LONGEST_REASON, reason.length()));
    try {
      ecs.stopTask(
          request -> request.cluster(settings.cluster()).task(taskArn.value()).reason(words));
    } catch (AwsServiceException e) {
      boolean gone =
          !EcsFaults.passing(e)
              && EcsFaults.words(e).toLowerCase(Locale.ROOT).contains("not found");
      if (!gone) {
        throw EcsFaults.unavailable("stop the task " + taskArn, e);
      }
    } catch (SdkException e) {
      throw EcsFaults.unavailable("stop the task " + taskArn, e);
    }
  }

  @Override
  public List<TaskDescription> describe(List<TaskArn> taskArns) {
    return describeAll(taskArns.stream().map(TaskArn::value).distinct().toList());
  }

  private List<TaskDescription> describeAll(List<String> arns) {
    List<TaskDescription> found = new ArrayList<>();
    for (int from = 0; from < arns.size(); from += BATCH) {
      List<String> batch = arns.subList(from, Math.min(from + BATCH, arns.size()));
      try {
        DescribeTasksResponse answer =
            ecs.describeTasks(request -> request.cluster(settings.cluster()).tasks(batch));
        found.addAll(TaskStateChange.describe(answer.tasks()));
      } catch (SdkException e) {
        throw EcsFaults.unavailable("describe tasks", e);
      }
    }
    return found;
  }

  /**
   * {@inheritDoc}
   *
   * <p>ECS lists by it only tasks that are wanted to run, so the stopped ones of the cluster, kept
   * for about an hour, are looked through.
   */
  @Override
  public List<TaskDescription> find(String startedBy) {
    List<String> running = list(request -> request.startedBy(startedBy));
    List<String> stopped = list(request -> request.desiredStatus(DesiredStatus.STOPPED));
    return describeAll(Stream.concat(running.stream(), stopped.stream()).distinct().toList())
        .stream()
        .filter(task -> task.startedBy().equals(startedBy))
        .toList();
  }

  /**
   * Return the tasks of the cluster that are wanted to run, whoever launched them: among them are
   * those that no run wants.
   *
   * @throws RuntimeUnavailableException if ECS did not answer
   */
  public List<TaskDescription> running() {
    return describeAll(list(request -> request.desiredStatus(DesiredStatus.RUNNING)));
  }

  private List<String> list(Consumer<ListTasksRequest.Builder> filter) {
    List<String> arns = new ArrayList<>();
    String next = null;
    do {
      ListTasksRequest.Builder request =
          ListTasksRequest.builder().cluster(settings.cluster()).nextToken(next);
      filter.accept(request);
      try {
        ListTasksResponse answer = ecs.listTasks(request.build());
        arns.addAll(answer.taskArns());
        next = answer.nextToken();
      } catch (SdkException e) {
        throw EcsFaults.unavailable("list tasks", e);
      }
    } while (next != null);
    return arns;
  }

  /**
   * Remove task definitions of this deployment that no run has used for long; those that are left
   * are for the next time.
   *
   * @param most how many, at one a second
   * @return how many were removed
   * @throws RuntimeUnavailableException if ECS or the registry did not answer
   */
  public int removeUnusedDefinitions(int most) {
    return unused.remove(most);
  }
}
