package dev.audition.handlers.wire;

import dev.audition.core.task.TaskDefinitionRules;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import dev.audition.handlers.wire.RegisteredDefinition.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Task definitions by family and revision. */
final class DefinitionRegistry {
  private static final int MOST_DELETED = 10;

  private final Arns arns;
  private final InstantSource clock;
  private final Map<String, RegisteredDefinition> byName = new LinkedHashMap<>();
  private final Map<String, Integer> revisions = new LinkedHashMap<>();

  DefinitionRegistry(Arns arns, InstantSource clock) {
    this.arns = arns;
    this.clock = clock;
  }

  synchronized TreeNode register(Fields request) {
    List<String> broken = TaskDefinitionRules.check(request.object());
    if (!broken.isEmpty()) {
      throw EcsError.client(String.join("; ", broken));
    }
    String family = request.text("family");
    int revision = revisions.merge(family, 1, Integer::sum);
    RegisteredDefinition registered =
        new RegisteredDefinition(
            arns.definition(family, revision),
            family,
            revision,
            Status.ACTIVE,
            request.object(),
            clock.instant());
    byName.put(family + ":" + revision, registered);
    return described(registered);
  }

  synchronized TreeNode describe(Fields request) {
    return described(
        find(request.text("taskDefinition"))
            .orElseThrow(() -> EcsError.client("Unable to describe task definition.")));
  }

  synchronized TreeNode list(Fields request) {
    Comparator<RegisteredDefinition> order =
        Comparator.comparing(RegisteredDefinition::family)
            .thenComparingInt(RegisteredDefinition::revision);
    String status = request.text("status").isEmpty() ? "ACTIVE" : request.text("status");
    String family = request.text("familyPrefix");
    List<String> found =
        byName.values().stream()
            .filter(definition -> definition.status().name().equals(status))
            .filter(definition -> family.isEmpty() || definition.family().equals(family))
            .sorted(request.text("sort").equals("DESC") ? order.reversed() : order)
            .map(RegisteredDefinition::arn)
            .toList();
    return Page.of(request, found).render("taskDefinitionArns");
  }

  /** List the families whose name begins so. */
  synchronized TreeNode families(Fields request) {
    String status = request.text("status");
    List<String> found =
        byName.values().stream()
            .filter(
                definition ->
                    status.isEmpty()
                        || status.equals("ALL")
                        || definition.status().name().equals(status))
            .map(RegisteredDefinition::family)
            .filter(family -> family.startsWith(request.text("familyPrefix")))
            .distinct()
            .sorted()
            .toList();
    return Page.of(request, found).render("families");
  }

  synchronized TreeNode deregister(Fields request) {
    RegisteredDefinition known =
        find(request.text("taskDefinition"))
            .orElseThrow(() -> EcsError.client("The specified task definition does not exist."));
    RegisteredDefinition inactive = known.with(Status.INACTIVE);
    byName.put(known.family() + ":" + known.revision(), inactive);
    return Tree.mapping().put("taskDefinition", inactive.render()).build();
  }

  synchronized TreeNode delete(Fields request) {
    List<String> names = request.texts("taskDefinitions");
    if (names.isEmpty() || names.size() > MOST_DELETED) {
      throw EcsError.invalidParameter("taskDefinitions: 1 to 10 at once");
    }
    List<TreeNode> deleted = new ArrayList<>();
    List<TreeNode> failures = new ArrayList<>();
    for (String name : names) {
      Optional<RegisteredDefinition> known = find(name);
      if (known.filter(definition -> definition.status() != Status.ACTIVE).isPresent()) {
        RegisteredDefinition gone = known.orElseThrow().with(Status.DELETE_IN_PROGRESS);
        byName.put(gone.family() + ":" + gone.revision(), gone);
        deleted.add(gone.render());
      } else {
        failures.add(
            Tree.mapping()
                .putText("arn", name)
                .putText("reason", known.isPresent() ? "ACTIVE_TASK_DEFINITION" : "MISSING")
                .build());
      }
    }
    return Tree.mapping().putList("taskDefinitions", deleted).putList("failures", failures).build();
  }

  /** Find the one that a launch names. */
  synchronized RegisteredDefinition launchable(String name) {
    RegisteredDefinition found =
        find(name).orElseThrow(() -> EcsError.client("TaskDefinition not found."));
    if (found.status() != Status.ACTIVE) {
      throw EcsError.client("TaskDefinition is inactive");
    }
    return found;
  }

  /** Find by ARN, by {@code family:revision}, or the newest that is active by family alone. */
  private Optional<RegisteredDefinition> find(String name) {
    String plain = Arns.id(name);
    if (plain.contains(":")) {
      return Optional.ofNullable(byName.get(plain));
    }
    return byName.values().stream()
        .filter(
            definition -> definition.family().equals(plain) && definition.status() == Status.ACTIVE)
        .max(Comparator.comparingInt(RegisteredDefinition::revision));
  }

  private static TreeNode described(RegisteredDefinition definition) {
    return Tree.mapping()
        .put("taskDefinition", definition.render())
        .put("tags", definition.tags())
        .build();
  }
}
