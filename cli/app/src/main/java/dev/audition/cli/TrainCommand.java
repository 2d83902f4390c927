package dev.audition.cli;

import dev.audition.local.LocalAudition;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/**
 * {@code audition train}: does what most runs do, unseen, so that the launcher can keep the classes
 * of it in a cache that makes later starts fast. Where no engine answers, it does what it can.
 */
@Command(name = "train", hidden = true, description = "For the launcher: warm the start cache.")
@SuppressWarnings("NullAway.Init") // the command line sets the fields
final class TrainCommand implements Callable<Integer> {
  @ParentCommand AuditionCommand parent;

  @Override
  public Integer call() throws IOException {
    String home = System.getProperty("audition.home", ".");
    Path state = Files.createTempDirectory("audition-train");
    Map<String, String> environment = new HashMap<>(parent.session().terminal().environment());
    String ownState = environment.getOrDefault("HOME", ".") + "/.local/state";
    Path images =
        Path.of(environment.getOrDefault("XDG_STATE_HOME", ownState), "audition")
            .resolve("example-images.env");
    environment.put("XDG_STATE_HOME", state.toString());
    String quickstart = Path.of(home, "examples", "quickstart").toString();
    perform(environment, List.of("plan", quickstart));
    perform(environment, List.of("plan", quickstart, "--json"));
    if (Files.exists(images)) {
      String redis = Path.of(home, "examples", "redis").toString();
      perform(
          environment,
          List.of("run", redis, "--var-file", images.toString(), "--json", "--wait-teardown"));
    }
    return ExitCode.OK;
  }

  private static void perform(Map<String, String> environment, List<String> words) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    Terminal terminal = new Terminal(nowhere, nowhere, false, environment);
    int _ =
        Audition.run(words.toArray(String[]::new), terminal, () -> LocalAudition.of(environment));
  }
}
