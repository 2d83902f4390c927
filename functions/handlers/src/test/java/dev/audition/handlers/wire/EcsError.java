package dev.audition.handlers.wire;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.util.List;

/** An error as the API answers it. */
final class EcsError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final transient List<String> resourceIds;

  private EcsError(int status, String type, String message, List<String> resourceIds) {
    super(message);
    this.status = status;
    this.type = type;
    this.resourceIds = List.copyOf(resourceIds);
  }

  static EcsError client(String message) {
    return of("ClientException", message);
  }

  static EcsError invalidParameter(String message) {
    return of("InvalidParameterException", message);
  }

  static EcsError of(String type, String message) {
    return new EcsError(400, type, message, List.of());
  }

  static EcsError server(int status, String type) {
    return new EcsError(status, type, "Service Unavailable. Please try again later.", List.of());
  }

  /** The token stands for other parameters; these tasks came of it. */
  static EcsError conflict(List<String> resourceIds) {
    return new EcsError(
        400,
        "ConflictException",
        "The RunTask request could not be processed: the client token was used with other"
            + " parameters",
        resourceIds);
  }

  int status() {
    return status;
  }

  String type() {
    return type;
  }

  TreeNode body() {
    Tree.MappingBuilder body =
        Tree.mapping().putText("__type", type).putText("message", String.valueOf(getMessage()));
    if (!resourceIds.isEmpty()) {
      body.putTexts("resourceIds", resourceIds);
    }
    return body.build();
  }
}
