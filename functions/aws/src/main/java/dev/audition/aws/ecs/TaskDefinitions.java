package dev.audition.aws.ecs;

import dev.audition.core.run.port.RuntimeUnavailableException;
import dev.audition.core.run.port.TaskRuntime.LaunchAnswer.Refused;
import dev.audition.core.task.LogOptions;
import dev.audition.core.task.TaskDefinition;
import dev.audition.core.task.TaskDefinitionJson;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.ecs.model.RegisterTaskDefinitionRequest;
import software.amazon.awssdk.services.ecs.model.Tag;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionField;
import software.amazon.awssdk.services.ecs.model.TaskDefinitionStatus;

/**
 * Registers each task definition once: ECS takes one a second in the long run. Runs that differ in
 * their values only share one, which is known by the hash of what it says and bears that hash in
 * its family's name and its tags.
 */
final class TaskDefinitions {
  /** The tag with the hash. */
  static final String HASH_TAG = "audition:hash";

  /** A stack of 39 characters, which docs/deploy.md advises, makes a cluster of 60. */
  private static final int LONGEST_CLUSTER = 100;

  private static final String OURS = "audition-";
  private static final int TRIES = 4;
  private static final int HASH_LENGTH = 32;

  private final EcsClient ecs;
  private final DefinitionRegistry registry;
  private final FargateSettings settings;
  private final Backoff backoff;
  private final Map<String, String> known = new ConcurrentHashMap<>();

  TaskDefinitions(
      EcsClient ecs, DefinitionRegistry registry, FargateSettings settings, Backoff backoff) {
    this.ecs = ecs;
    this.registry = registry;
    this.settings = settings;
    this.backoff = backoff;
  }

  static Backoff usualBackoff() {
    return Backoff.ofSeconds(TRIES);
  }

  /** A definition that ECS has. */
  record Registered(String hash, String arn) {}

  /** What came of asking for one: exactly one of the two. */
  sealed interface Answer {
    record Found(Registered definition) implements Answer {}

    record NotTaken(Refused refusal) implements Answer {}
  }

  /**
   * Find a definition, or register it.
   *
   * @throws RuntimeUnavailableException if ECS or the registry did not answer, or it is too much at
   *     the moment
   */
  Answer registered(TaskDefinition definition) {
    Mapping json = json(definition);
    String hash = hash(json);
    String cached = known.get(hash);
    if (cached != null) {
      return new Answer.Found(new Registered(hash, cached));
    }
    String family = family(definition.family(), hash);
    Optional<String> found = registry.find(hash).or(() -> findAgain(family, hash));
    if (found.isPresent()) {
      known.put(hash, found.get());
      return new Answer.Found(new Registered(hash, found.get()));
    }
    return register(
        json.with(new Entry("family", json.location(), Tree.text(family))), family, hash);
  }

  /** Forget one that turned out to be gone. */
  void forget(Registered definition) {
    known.remove(definition.hash());
    registry.forget(definition.hash());
  }

  private Mapping json(TaskDefinition definition) {
    LogOptions logs =
        new LogOptions(settings.logGroup(), settings.region(), settings.logStreamPrefix(), false);
    TaskDefinitionJson.Roles roles =
        new TaskDefinitionJson.Roles(
            settings.executionRole(), settings.taskRole().isEmpty() ? null : settings.taskRole());
    return (Mapping) TaskDefinitionJson.render(definition, logs, roles);
  }

  private static String hash(Mapping json) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash = digest.digest(JsonWriter.write(json).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash).substring(0, HASH_LENGTH);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java runtime)", e);
    }
  }

  /**
   * Definitions of one deployment begin with its cluster's name: another's are left alone, and the
   * functions may use no others (template.yaml). ECS takes 255 characters.
   */
  static String prefix(FargateSettings settings) {
    return OURS + cut(settings.clusterName(), LONGEST_CLUSTER) + "-";
  }

  private String family(String wanted, String hash) {
    String name = wanted.startsWith(OURS) ? wanted.substring(OURS.length()) : wanted;
    return prefix(settings) + cut(name, 120) + "-" + hash;
  }

  /** Return the hash a family's name ends with; empty if it is none of ours. */
  static Optional<String> hashOf(String family) {
    int dash = family.lastIndexOf('-');
    String hash = family.substring(dash + 1);
    return dash > 0 && hash.matches("[0-9a-f]{" + HASH_LENGTH + "}")
        ? Optional.of(hash)
        : Optional.empty();
  }

  private static String cut(String text, int most) {
    return text.substring(0, Math.min(most, text.length()));
  }

  private Optional<String> findAgain(String family, String hash) {
    try {
      var answer =
          ecs.describeTaskDefinition(
              request -> request.taskDefinition(family).include(TaskDefinitionField.TAGS));
      boolean usable =
          answer.taskDefinition().status() == TaskDefinitionStatus.ACTIVE
              && answer.tags().stream()
                  .anyMatch(tag -> tag.key().equals(HASH_TAG) && tag.value().equals(hash));
      Optional<String> arn =
          usable ? Optional.of(answer.taskDefinition().taskDefinitionArn()) : Optional.empty();
      arn.ifPresent(value -> registry.put(hash, value));
      return arn;
    } catch (AwsServiceException e) {
      if (EcsFaults.passing(e)) {
        throw EcsFaults.unavailable("look for the task definition " + family, e);
      }
      return Optional.empty(); // ECS says of one that is not there that it cannot describe it
    } catch (SdkException e) {
      throw EcsFaults.unavailable("look for the task definition " + family, e);
    }
  }

  private Answer register(Mapping json, String family, String hash) {
    RegisterTaskDefinitionRequest request =
        SdkShapes.fill(RegisterTaskDefinitionRequest.builder(), json, SdkShapes.Unknown.FAULT)
            .tags(Tag.builder().key(HASH_TAG).value(hash).build())
            .build();
    for (int tried = 1; ; tried++) {
      try {
        String arn = ecs.registerTaskDefinition(request).taskDefinition().taskDefinitionArn();
        registry.put(hash, arn);
        known.put(hash, arn);
        return new Answer.Found(new Registered(hash, arn));
      } catch (SdkException e) {
        boolean crowded = EcsFaults.crowded(e);
        if ((crowded || EcsFaults.throttled(e)) && backoff.again(tried)) {
          Optional<String> others = crowded ? findAgain(family, hash) : Optional.empty();
          if (others.isPresent()) {
            known.put(hash, others.get());
            return new Answer.Found(new Registered(hash, others.get()));
          }
          continue;
        }
        if (e instanceof AwsServiceException answer && !crowded && !EcsFaults.passing(e)) {
          return new Answer.NotTaken(EcsFaults.registration(answer));
        }
        throw EcsFaults.unavailable("register the task definition", e);
      }
    }
  }
}
