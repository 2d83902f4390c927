package dev.audition.core.task;

import dev.audition.core.plan.Listening;
import dev.audition.core.plan.PlannedContainer;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;

/** The containers of ours that join a task on Fargate; their programs stand in its definition. */
final class OwnContainers {
  /** What the names of ours begin with. */
  static final String PREFIX = "audition-";

  static final String STAGE = PREFIX + "stage";
  static final String KEEPER = PREFIX + "keeper";
  static final String WAIT = PREFIX + "wait-";

  /** Time for the keeper's uploads after its stop signal. */
  private static final Duration KEEPER_STOP = Duration.ofMinutes(1);

  /** What the keeper itself takes of it; what is left is for its own end. */
  private static final Duration KEEPER_GRACE = Duration.ofSeconds(50);

  /** The most that is kept of one task: bytes before compression, and files and folders. */
  private static final long KEPT_BYTES = 256L << 20;

  private static final int KEPT_FILES = 10_000;

  /** The others have nothing to finish. */
  private static final Duration STOP = Duration.ofSeconds(2);

  private static final String STAGE_PROGRAM = program("stage.py");
  private static final String KEEPER_PROGRAM = program("keeper.py");
  private static final String PACK_PROGRAM = program("pack.py");
  private static final String WAIT_PROGRAM = program("wait.py");

  private final String image;

  OwnContainers(String image) {
    this.image = image;
  }

  private static String program(String name) {
    try (InputStream text = OwnContainers.class.getResourceAsStream(name)) {
      if (text == null) {
        throw new IllegalStateException("resource: \"%s\" (expected: in the jar)".formatted(name));
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }

  /** Make the one that prepares the task: it ends before any other starts. */
  ContainerDefinition stage(TreeNode argument, List<MountPoint> mounts) {
    return container(STAGE, false, List.of(STAGE_PROGRAM), argument, List.of(), mounts, STOP);
  }

  /** Return whether the argument of {@link #stage} names anything of the workspace. */
  static boolean readsWorkspace(ContainerDefinition stage) {
    List<String> command = stage.command();
    if (command == null
        || !(JsonReader.read(command.getLast(), STAGE) instanceof TreeNode.Mapping argument)) {
      return false;
    }
    return !entries(argument, "folders").isEmpty()
        || entries(argument, "files").stream()
            .anyMatch(file -> ((TreeNode.Mapping) file.value()).find("path").isPresent());
  }

  private static List<TreeNode.Entry> entries(TreeNode.Mapping argument, String key) {
    return ((TreeNode.Mapping) argument.find(key).orElseThrow()).entries();
  }

  /**
   * What the keeper watches.
   *
   * @param containers all of the composition
   * @param hopes the gates that can make a candidate's case hopeless
   * @param timeout counts from the keeper's start where a launch gives no deadline
   */
  record Watched(
      List<String> containers,
      List<String> candidates,
      List<FargateGates.Hope> hopes,
      Duration timeout) {}

  /** Make the one whose end ends the task. */
  ContainerDefinition keeper(Watched watched, FargateMounts.Kept kept) {
    TreeNode argument =
        Tree.mapping()
            .putTexts("containers", watched.containers())
            .putTexts("candidates", watched.candidates())
            .putList("gates", watched.hopes().stream().map(OwnContainers::gate).toList())
            .putNumber("timeout", watched.timeout().toSeconds())
            .putList(
                "artifacts",
                kept.paths().entrySet().stream()
                    .map(path -> Tree.texts(List.of(path.getKey(), path.getValue())))
                    .toList())
            .putNumber("bytes", KEPT_BYTES)
            .putNumber("files", KEPT_FILES)
            .putNumber("grace", KEEPER_GRACE.toSeconds())
            .build();
    return container(
        KEEPER,
        true,
        List.of(KEEPER_PROGRAM, PACK_PROGRAM),
        argument,
        List.of(new ContainerDependency(STAGE, ContainerCondition.SUCCESS)),
        kept.mountPoints(),
        KEEPER_STOP);
  }

  private static TreeNode gate(FargateGates.Hope hope) {
    return Tree.texts(List.of(hope.waiter(), hope.target(), hope.condition().name()));
  }

  /** Make one that dials services until they answer or their limit is over. */
  ContainerDefinition dialling(FargateGates.Wait wait) {
    List<TreeNode> services =
        wait.services().stream().map(service -> (TreeNode) dialled(service)).toList();
    TreeNode argument = Tree.mapping().putList("services", services).build();
    return container(
        wait.name(), false, List.of(WAIT_PROGRAM), argument, wait.dependsOn(), List.of(), STOP);
  }

  private static TreeNode.Mapping dialled(PlannedContainer service) {
    Listening listening = service.listening();
    if (listening == null) {
      throw new IllegalStateException(
          "service: \"%s\" (expected: one that listens)".formatted(service.service()));
    }
    return Tree.mapping()
        .putText("name", service.service())
        .putList("ports", listening.ports().stream().map(Tree::number).toList())
        .putNumber("limit", listening.limit().toSeconds())
        .build();
  }

  private ContainerDefinition container(
      String name,
      boolean essential,
      List<String> programs,
      TreeNode argument,
      List<ContainerDependency> dependsOn,
      List<MountPoint> mounts,
      Duration stopTimeout) {
    List<String> command = new ArrayList<>(List.of("-c"));
    command.addAll(programs);
    command.add(JsonWriter.write(argument));
    return new ContainerDefinition(
        name,
        name,
        image,
        essential,
        List.of("python3"),
        command,
        new LinkedHashMap<>(),
        "0",
        "",
        dependsOn,
        null,
        null,
        List.of(),
        mounts,
        List.of(),
        null,
        null,
        stopTimeout,
        "",
        null,
        false,
        false,
        false,
        false,
        List.of(),
        List.of(),
        List.of(),
        new LinkedHashMap<>(),
        new LinkedHashMap<>(),
        null,
        new LinkedHashMap<>(),
        AccountOptions.NONE);
  }
}
