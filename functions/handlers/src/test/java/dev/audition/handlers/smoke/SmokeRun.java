package dev.audition.handlers.smoke;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import dev.audition.handlers.template.ProjectFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the smoke script on an account of its own that is a file. */
final class SmokeRun {
  private static final List<String> MADE =
      List.of("queues", "rules", "targets", "definitions", "inactive", "files");

  private final Path folder;
  private final Path state;
  private final Path output;

  SmokeRun(Path folder) throws IOException {
    this.folder = folder;
    this.state = folder.resolve("account.json");
    this.output = folder.resolve("output");
    Path standIn =
        ProjectFiles.path("functions/handlers/src/test/resources/smoke/aws.py").toAbsolutePath();
    Path aws = folder.resolve("aws");
    Files.writeString(aws, "#!/bin/sh\nexec '%s' -E -S '%s' \"$@\"\n".formatted(python(), standIn));
    if (!aws.toFile().setExecutable(true)) {
      throw new IOException(aws + " cannot be made executable");
    }
    Files.writeString(
        state,
        """
        {"calls": [], "queues": [], "rules": [], "targets": [], "definitions": [],
         "inactive": [], "tasks": [], "files": [], "containers": []}
        """);
  }

  /** Start it; the environment is that of the stand-in. */
  Process start(Map<String, String> environment, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(python());
    command.add(ProjectFiles.path("infra/smoke/smoke").toAbsolutePath().toString());
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    builder.environment().put("STAND_IN_STATE", state.toString());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Return the interpreter itself: what stands for it on the PATH may change the PATH. */
  private static String python() throws IOException {
    Process asked =
        new ProcessBuilder("python3", "-c", "import sys; print(sys.executable)").start();
    return new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  /** Run it to its end; return its exit code. */
  int run(Map<String, String> environment, String... arguments) throws Exception {
    return exitCode(start(environment, arguments));
  }

  /** Wait for the end of one that was started. */
  int exitCode(Process process) throws Exception {
    if (!process.waitFor(180, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("no end after 180 s: " + output());
    }
    return process.exitValue();
  }

  /** Return what it printed. */
  String output() throws IOException {
    return Files.readString(output);
  }

  /** Return the commands that the account was asked. */
  List<String> calls() throws IOException {
    return texts("calls");
  }

  /** Return whether the account was asked this. */
  boolean asked(String command) {
    try {
      return calls().contains(command);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Return what is in the account and was not there before; stopped tasks need no removal. */
  List<String> leftBehind() throws IOException {
    List<String> left = new ArrayList<>();
    for (String kind : MADE) {
      left.addAll(texts(kind));
    }
    return left;
  }

  private List<String> texts(String kind) throws IOException {
    Mapping account = (Mapping) JsonReader.read(Files.readString(state), "account");
    List<String> texts = new ArrayList<>();
    for (TreeNode item : ((Sequence) account.find(kind).orElseThrow()).items()) {
      texts.add(((Scalar) item).text());
    }
    return texts;
  }
}
