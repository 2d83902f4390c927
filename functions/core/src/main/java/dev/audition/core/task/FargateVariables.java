package dev.audition.core.task;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * Says by which way each variable reaches its container on Fargate.
 *
 * <p>Values differ from run to run and must not make a definition of their own, so they travel in
 * an environment file. The agent reads it line by line: it drops empty values, a line break ends a
 * value, a line has at most 64 KiB, and {@code #} begins a comment. What it cannot carry stands in
 * the definition if it is the same for every run, else in the launch's override, which has 8,192
 * characters for the whole task and is echoed in events.
 */
final class FargateVariables {
  /** The reader's buffer holds 64 KiB, the line break included. */
  static final int LONGEST_LINE = 64 * 1024 - 2;

  /** Fargate was seen to start a container with 124 KiB of variables and not with 128. */
  static final int MOST_BYTES = 120 * 1024;

  /** What is left of 8,192 characters beside the names of ten containers and their files. */
  static final int MOST_OVERRIDES = 5000;

  /** A shorter value of a run's variable is as likely to be in a text by chance. */
  private static final int TELLING = 4;

  private static final Pattern FILE_NAME = Pattern.compile("[^#\\s=][^\\s=]*");

  private final FargateOptions options;
  private final Diagnostics diagnostics;
  private LaunchValues values = LaunchValues.NONE;
  private int overridden;

  FargateVariables(FargateOptions options, Diagnostics diagnostics) {
    this.options = options;
    this.diagnostics = diagnostics;
  }

  /**
   * A container's variables that stand in the definition.
   *
   * @param secrets name to ARN
   */
  record Defined(SequencedMap<String, String> environment, SequencedMap<String, String> secrets) {}

  /** Sort the variables of a container. */
  Defined sort(PlannedContainer container) {
    SequencedMap<String, String> fixed = new LinkedHashMap<>();
    SequencedMap<String, String> secrets = new LinkedHashMap<>();
    SequencedMap<String, String> file = new LinkedHashMap<>();
    SequencedMap<String, String> override = new LinkedHashMap<>();
    long bytes = 0;
    for (var variable : container.environment().entrySet()) {
      String name = variable.getKey();
      String value = variable.getValue();
      bytes += bytes(name) + bytes(value) + 2;
      if (SecretReference.within(value).isPresent()) {
        secret(container, name, value).ifPresent(arn -> secrets.put(name, arn));
      } else if (value.isEmpty() || !FILE_NAME.matcher(name).matches()) {
        fixed.put(name, value);
      } else if (hasLineBreak(value)) {
        (differsFromRunToRun(value) ? override : fixed).put(name, value);
      } else if (bytes(name) + 1 + bytes(value) > LONGEST_LINE) {
        tooLong(container, name, bytes(value));
      } else {
        file.put(name, value);
      }
    }
    if (bytes > MOST_BYTES) {
      refuse(
          container,
          "",
          "all variables together have %d KiB, and a container on Fargate starts with at most %d"
              .formatted(bytes / 1024, MOST_BYTES / 1024),
          "Put the larger ones into files.");
    }
    values = values.withFile(container.containerName(), file);
    override(container, override);
    return new Defined(fixed, secrets);
  }

  /** Return what the launch must add for the containers sorted so far. */
  LaunchValues values() {
    return values;
  }

  private static long bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  private static boolean hasLineBreak(String value) {
    return value.indexOf('\n') >= 0 || value.indexOf('\r') >= 0;
  }

  private boolean differsFromRunToRun(String value) {
    return options.runValues().stream()
        .map(String::strip)
        .anyMatch(part -> part.length() >= TELLING && value.contains(part));
  }

  private Optional<String> secret(PlannedContainer container, String name, String value) {
    Optional<SecretReference> whole = SecretReference.parse(value);
    if (whole.isEmpty()) {
      refuse(
          container,
          name,
          "the secret %s is only a part of the value; ECS gives a secret as a whole variable"
              .formatted(SecretReference.within(value).orElseThrow()),
          "Give the secret a variable of its own and put the value together in the container, or"
              + " store the whole value as the secret.");
      return Optional.empty();
    }
    Optional<String> arn = Optional.ofNullable(options.grants().secrets().get(whole.get().name()));
    if (arn.isEmpty()) {
      refuse(
          container, name, "the project grants its runs no secret " + whole.get(), Grants.REMEDY);
    }
    return arn;
  }

  private void tooLong(PlannedContainer container, String name, long bytes) {
    refuse(
        container,
        name,
        "the value has %d KiB, and a variable on Fargate has at most 64".formatted(bytes / 1024),
        "Put it into a file and mount its folder.");
  }

  private void override(PlannedContainer container, SequencedMap<String, String> variables) {
    SequencedMap<String, String> fitting = new LinkedHashMap<>();
    for (var variable : variables.entrySet()) {
      int characters = overrideCharacters(variable.getKey(), variable.getValue());
      if (overridden + characters > MOST_OVERRIDES) {
        refuse(
            container,
            variable.getKey(),
            ("the value has line breaks and differs from run to run; all such values of a task have"
                    + " %d characters on Fargate, and this one takes %d")
                .formatted(MOST_OVERRIDES, characters),
            "Leave out the line breaks, encode it, or put it into a file and mount its folder.");
      } else {
        overridden += characters;
        fitting.put(variable.getKey(), variable.getValue());
      }
    }
    if (!fitting.isEmpty()) {
      SequencedMap<String, SequencedMap<String, String>> overrides =
          new LinkedHashMap<>(values.overrides());
      overrides.put(container.containerName(), fitting);
      values = new LaunchValues(values.files(), overrides);
    }
  }

  private static int overrideCharacters(String name, String value) {
    return JsonWriter.write(Tree.mapping().putText("name", name).putText("value", value).build())
            .length()
        + 1;
  }

  private void refuse(PlannedContainer container, String name, String message, String remedy) {
    String path =
        "services." + container.service() + ".environment" + (name.isEmpty() ? "" : "." + name);
    diagnostics.refuse(Category.SIZE, container.location(), path, message, remedy);
  }
}
