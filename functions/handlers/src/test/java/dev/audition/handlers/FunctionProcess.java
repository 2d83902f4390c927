package dev.audition.handlers;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The deployed zip in a process of its own, started as Lambda starts it. */
final class FunctionProcess implements AutoCloseable {
  private static final Path ZIP =
      Path.of(
          System.getProperty("audition.project", "../.."),
          "functions/handlers/target/function.zip");

  private final Process process;
  private final Path output;

  private FunctionProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  static Path zip() {
    return ZIP;
  }

  /** Unpack the zip into a folder. */
  static void unpack(Path folder) throws IOException {
    try (InputStream file = Files.newInputStream(ZIP);
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    }
  }

  /** Start a function of an unpacked zip. */
  static FunctionProcess start(
      Path folder, String handler, RuntimeApi api, Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // As Lambda has it for functions without SnapStart.
    command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx600m"));
    // The client finds classes of the task's root by itself only in Lambda's own place, /var/task.
    command.addAll(
        List.of("-cp", runtimeClient() + ":" + folder + ":" + folder.resolve("lib") + "/*"));
    command.add("com.amazonaws.services.lambda.runtime.api.client.AWSLambda");
    command.add("dev.audition.handlers." + handler + "::handleRequest");
    Path output = Files.createTempFile(folder, "output", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    Map<String, String> all = builder.environment();
    all.keySet().removeIf(name -> name.startsWith("AWS_") || name.startsWith("AUDITION_"));
    all.putAll(environment);
    all.put("AWS_LAMBDA_RUNTIME_API", api.address());
    all.put("LAMBDA_TASK_ROOT", folder.toString());
    all.put("_HANDLER", "dev.audition.handlers." + handler + "::handleRequest");
    return new FunctionProcess(builder.start(), output);
  }

  /** Only what the runtime brings along; everything of ours must come out of the zip. */
  private static String runtimeClient() {
    return Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(path -> path.contains("aws-lambda-java") || path.contains("utils-lite"))
        .collect(Collectors.joining(":"));
  }

  /** Return what it has printed so far. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Return the processor time it has used, in the system's steps of mostly 10 ms. */
  Duration processorTime() {
    return process.toHandle().info().totalCpuDuration().orElse(Duration.ZERO);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
