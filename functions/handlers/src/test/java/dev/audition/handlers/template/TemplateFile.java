package dev.audition.handlers.template;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.List;
import java.util.Optional;

/** {@code template.yaml} as it is written. */
public final class TemplateFile {
  /** Its name. */
  public static final String NAME = "template.yaml";

  static final String FUNCTION = "AWS::Serverless::Function";
  static final String QUEUE = "AWS::SQS::Queue";
  static final String ROLE = "AWS::IAM::Role";

  private final Mapping root;

  private TemplateFile(Mapping root) {
    this.root = root;
  }

  /** Read it. */
  public static TemplateFile read() {
    return new TemplateFile(ProjectFiles.yaml(NAME));
  }

  /** Return a section, such as {@code Outputs}. */
  public Mapping section(String... keys) {
    return Nodes.mapping(root, keys);
  }

  /** Return the logical names of the resources of a type. */
  public List<String> resources(String type) {
    return section("Resources").entries().stream()
        .filter(entry -> Nodes.text(Nodes.get(entry.value(), "Type")).equals(type))
        .map(Entry::key)
        .toList();
  }

  /** Return a resource's properties. */
  public Mapping properties(String resource) {
    return section("Resources", resource, "Properties");
  }

  /** Return a property as one line. */
  public String property(String resource, String... keys) {
    return Nodes.text(Nodes.get(properties(resource), keys));
  }

  /** Return the environment that every function gets. */
  public Mapping environment() {
    return section("Globals", "Function", "Environment", "Variables");
  }

  /** Return a property of a function, or what all functions have. */
  public TreeNode functionProperty(String function, String name) {
    return properties(function)
        .find(name)
        .or(() -> section("Globals", "Function").find(name))
        .orElseThrow(() -> new AssertionError(function + ": no " + name));
  }

  /** Return a function's event source of type SQS, if it has one. */
  Optional<Mapping> queueSource(String function) {
    return section("Resources", function, "Properties", "Events").entries().stream()
        .filter(entry -> Nodes.text(Nodes.get(entry.value(), "Type")).equals("SQS"))
        .map(entry -> Nodes.mapping(entry.value(), "Properties"))
        .findFirst();
  }

  /** Return how many messages a function gets at once, at most. */
  public int batchSize(String function) {
    return Nodes.number(queueSource(function).orElseThrow(), "BatchSize");
  }

  /** Return how many of a function there are at one time, at most. */
  public int mostAtOnce(String function) {
    return Nodes.number(queueSource(function).orElseThrow(), "ScalingConfig", "MaximumConcurrency");
  }

  /** Return the resource that a reference such as {@code !GetAtt Hooks.Arn} means. */
  static String referred(TreeNode reference) {
    return Nodes.text(reference).replaceFirst("^!(Ref|GetAtt) ", "").replaceFirst("\\..*$", "");
  }
}
