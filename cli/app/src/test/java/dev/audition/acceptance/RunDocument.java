package dev.audition.acceptance;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** The document that {@code audition run --json} prints, as a program reads it. */
record RunDocument(String json, Mapping root) {
  /** Read what stands on stdout. */
  static RunDocument read(String json) {
    try {
      return new RunDocument(json, (Mapping) JsonReader.read(json, "stdout"));
    } catch (MalformedJsonException e) {
      throw new AssertionError("stdout is not one JSON document: " + json, e);
    }
  }

  /** Return where the document breaks its published schema; empty if nowhere. */
  List<String> schemaErrors(Path schemaFile) {
    Validator validator =
        new ValidatorFactory().withJsonNodeFactory(new JacksonNode.Factory()).createValidator();
    try {
      URI schema = validator.registerSchema(Files.readString(schemaFile));
      return validator.validate(schema, json).getErrors().stream()
          .map(error -> error.getInstanceLocation() + ": " + error.getError())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String runId() {
    return text(root, "runId");
  }

  String verdict() {
    return text(root, "verdict");
  }

  String reason() {
    return text(root, "reason");
  }

  List<String> refusals() {
    return items(root, "refusals").map(RunDocument::text).toList();
  }

  /** Return each container of all steps as {@code candidate NAME OUTCOME EXITCODE}. */
  List<String> containers() {
    return items(root, "steps")
        .flatMap(
            step ->
                Stream.concat(
                    items(step, "candidates").map(c -> "candidate " + container(c)),
                    items(step, "services").map(c -> "service " + container(c))))
        .toList();
  }

  private static String container(TreeNode container) {
    return String.join(
        " ", text(container, "name"), text(container, "outcome"), text(container, "exitCode"));
  }

  /** Return the time line as lines {@code SUBJECT EVENT}, in order. */
  List<String> timeline() {
    return items(child(root, "timing"), "timeline")
        .map(entry -> text(entry, "subject") + " " + text(entry, "event"))
        .toList();
  }

  Instant startedAt() {
    return Instant.parse(text(child(root, "timing"), "startedAt"));
  }

  Instant endedAt() {
    return Instant.parse(text(child(root, "timing"), "endedAt"));
  }

  private static TreeNode child(TreeNode node, String key) {
    return ((Mapping) node)
        .find(key)
        .orElseThrow(() -> new AssertionError("no " + key + " in " + node));
  }

  private static Stream<TreeNode> items(TreeNode node, String key) {
    return ((Sequence) child(node, key)).items().stream();
  }

  private static String text(TreeNode node, String key) {
    return text(child(node, key));
  }

  private static String text(TreeNode node) {
    Scalar scalar = (Scalar) node;
    return scalar.isNull() ? "-" : scalar.text();
  }
}
