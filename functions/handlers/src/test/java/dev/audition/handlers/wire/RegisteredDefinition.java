package dev.audition.handlers.wire;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import java.util.List;

/**
 * A revision of a task definition.
 *
 * @param json what was registered
 */
record RegisteredDefinition(
    String arn, String family, int revision, Status status, TreeNode.Mapping json, Instant at) {
  /** Whether it can be used. */
  enum Status {
    ACTIVE,
    INACTIVE,
    DELETE_IN_PROGRESS
  }

  RegisteredDefinition with(Status other) {
    return new RegisteredDefinition(arn, family, revision, other, json, at);
  }

  Fields fields() {
    return new Fields(json);
  }

  List<Fields> containers() {
    return fields().list("containerDefinitions");
  }

  /** Render as the API answers it: what was registered, without tags, and what ECS adds. */
  TreeNode render() {
    Tree.MappingBuilder rendered = Tree.mapping();
    json.without("tags").entries().forEach(entry -> rendered.put(entry.key(), entry.value()));
    return rendered
        .putText("taskDefinitionArn", arn)
        .putNumber("revision", revision)
        .putText("status", status.name())
        .putTexts("compatibilities", List.of("EC2", "FARGATE"))
        .put("registeredAt", Times.EPOCH_SECONDS.render(at))
        .build();
  }

  TreeNode tags() {
    return json.find("tags").orElseGet(() -> Tree.list(List.of()));
  }
}
