package dev.audition.handlers.template;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the template allows its roles. */
final class RolePolicies {
  private final TemplateFile template;

  RolePolicies(TemplateFile template) {
    this.template = template;
  }

  /** Return all that a role is allowed, by its own policies and by those attached to it. */
  SortedSet<Permission> allowed(String role) {
    List<TreeNode> documents = new ArrayList<>();
    for (TreeNode policy : Nodes.items(template.properties(role), "Policies")) {
      documents.add(Nodes.get(policy, "PolicyDocument"));
    }
    for (TreeNode attached : Nodes.items(template.properties(role), "ManagedPolicyArns")) {
      documents.add(
          Nodes.get(template.properties(TemplateFile.referred(attached)), "PolicyDocument"));
    }
    SortedSet<Permission> allowed = new TreeSet<>();
    documents.forEach(
        document ->
            Nodes.items(document, "Statement")
                .forEach(statement -> allowed.addAll(permissions(statement))));
    return allowed;
  }

  /** Read a statement, or {@code !If [when, statement, !Ref AWS::NoValue]}. */
  private static List<Permission> permissions(TreeNode statement) {
    if (statement instanceof Sequence list && "!If".equals(list.tag())) {
      if (!Nodes.text(list.items().get(2)).equals("!Ref AWS::NoValue")) {
        throw new AssertionError(list.location() + ": the third of !If is not AWS::NoValue");
      }
      return permissions(list.items().get(1), Nodes.text(list.items().get(0)));
    }
    return permissions(statement, "");
  }

  private static List<Permission> permissions(TreeNode statement, String when) {
    if (!Nodes.text(Nodes.get(statement, "Effect")).equals("Allow")
        || Nodes.find(statement, "NotAction").isPresent()
        || Nodes.find(statement, "NotResource").isPresent()) {
      throw new AssertionError(statement.location() + ": not a plain Allow");
    }
    String condition = Nodes.find(statement, "Condition").map(Nodes::text).orElse("");
    List<Permission> all = new ArrayList<>();
    for (String action : Nodes.texts(statement, "Action")) {
      for (String resource : Nodes.texts(statement, "Resource")) {
        all.add(new Permission(action, resource, condition, when));
      }
    }
    return all;
  }
}
