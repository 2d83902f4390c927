package dev.audition.handlers;

import dev.audition.aws.hooks.GuardedPost;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.testkit.Eventually;
import dev.audition.core.verdict.Verdict;
import dev.audition.handlers.wire.Account;
import dev.audition.handlers.wire.Deaths;
import dev.audition.handlers.wire.FargateImages;
import dev.audition.handlers.wire.Fields;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Plays runs of a database and its tests from the message on the queue to the verdict, one after
 * the other, through the functions and everything they talk to, and prints what one run asked of
 * AWS and what that costs. The functions are warm; containers run on the Docker engine.
 */
public final class RunCostBenchmark {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DEFAULT_ROUNDS = 10;
  private static final double MILLIS = 1000.0;

  /** Amazon S3 pricing, us-east-1, read 2026-11: GET, and PUT, COPY, POST or LIST, each. */
  private static final Map<String, Double> FILE_PRICES =
      Map.of("GetObject", 0.0000004, "PutObject", 0.000005);

  private RunCostBenchmark() {}

  /** Run; the argument is the number of runs. */
  public static void main(String[] arguments) {
    BenchmarkMain.run(arguments, DEFAULT_ROUNDS, RunCostBenchmark::bench);
  }

  private static void bench(int rounds, PrintStream out) throws IOException {
    Path logs = Files.createTempDirectory("run-cost");
    Account.Rules rules = new Account.Rules(60, 5, 64);
    try (Account account = new Account(logs, rules)) {
      try (AccountFunctions cold = functions(account, new RunCost())) {
        play(account, cold, "warm"); // classes are loaded once, for all that follow
      }
      RunCost cost = new RunCost();
      RunCost swept = new RunCost();
      try (AccountFunctions functions = functions(account, cost)) {
        for (int i = 1; i <= rounds; i++) {
          play(account, functions, "run-" + i);
        }
      }
      try (AccountFunctions functions = functions(account, swept)) {
        for (int i = 0; i < rounds; i++) {
          functions.sweep();
        }
      }
      print(new Figures(cost, swept, rounds), out);
    }
  }

  private static AccountFunctions functions(Account account, RunCost cost) {
    return new AccountFunctions(account, new Deaths(0, 0), () -> GuardedPost.system(false), cost);
  }

  private static void play(Account account, AccountFunctions functions, String name) {
    RunId id = functions.ask(name, "", "compose.yml", composition());
    Run ended = functions.ended(id, PATIENCE);
    if (ended.verdict() != Verdict.PASSED) {
      throw new AssertionError(functions.report(id) + functions.log());
    }
    Eventually.within(PATIENCE, "the run is over", () -> functions.run(id).over());
    Eventually.within(
        PATIENCE,
        "no message waits",
        () ->
            Stream.of(account.runRequests(), account.taskEvents(), account.hooks())
                .allMatch(queue -> account.messages(queue.url()) == 0));
  }

  private static String composition() {
    return """
    services:
      database:
        image: %s
        environment: {POSTGRES_PASSWORD: secret}
        healthcheck: {test: [CMD, pg_isready, -h, 127.0.0.1], interval: 1s}
      tests:
        image: %s
        environment: {PGPASSWORD: secret}
        command: [psql, -h, database, -U, postgres, -c, "SELECT 1"]
        depends_on: [database]
    x-audition: {candidates: [tests]}
    """
        .formatted(FargateImages.POSTGRES, FargateImages.POSTGRES);
  }

  /**
   * What was counted.
   *
   * @param cost of all runs
   * @param swept of as many sweeps with nothing to do
   */
  private record Figures(RunCost cost, RunCost swept, int rounds) {
    double share(double all) {
      return all / rounds;
    }

    double calls(String prefix) {
      return share(
          cost.calls().entrySet().stream()
              .filter(call -> call.getKey().startsWith(prefix))
              .mapToInt(Map.Entry::getValue)
              .sum());
    }

    double messages() {
      return share(cost.functions().values().stream().mapToInt(RunCost.Work::messages).sum());
    }

    double invocations() {
      return share(cost.functions().values().stream().mapToInt(RunCost.Work::invocations).sum());
    }

    double seconds() {
      return share(
          cost.functions().values().stream()
              .mapToDouble(work -> work.time().toMillis() / MILLIS)
              .sum());
    }
  }

  private static void print(Figures figures, PrintStream out) throws IOException {
    out.printf(
        Locale.ROOT,
        "%d runs of a database and its tests, one after the other; functions warm, services of AWS"
            + " played on this machine%n%n",
        figures.rounds());
    out.println("| function | calls a run | messages a run | ms a run | ms a call |");
    out.println("|---|---|---|---|---|");
    figures.cost().functions().forEach((name, work) -> row(figures, name, work, out));
    figures
        .swept()
        .functions()
        .forEach((name, work) -> row(figures, name + ", nothing to do", work, out));
    out.println();
    out.println("| asked of AWS | a run |");
    out.println("|---|---|");
    figures
        .cost()
        .calls()
        .forEach(
            (call, count) ->
                out.printf(Locale.ROOT, "| %s | %.1f |%n", call, figures.share(count)));
    out.println();
    costs(figures, out);
  }

  private static void row(Figures figures, String name, RunCost.Work work, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.0f | %.0f |%n",
        name,
        figures.share(work.invocations()),
        figures.share(work.messages()),
        figures.share((double) work.time().toMillis()),
        (double) work.time().toMillis() / work.invocations());
  }

  /** Each message is sent, received and deleted; the functions themselves send only some. */
  private static void costs(Figures figures, PrintStream out) throws IOException {
    Path project = Path.of(System.getProperty("audition.project", "../.."));
    String data = Files.readString(project.resolve("bench/admission.json"));
    Fields prices = Fields.parse(data).object("prices");
    double writes = figures.share(figures.cost().capacity().writes());
    double reads = figures.share(figures.cost().capacity().reads());
    double requests = 3 * figures.messages();
    double[] dollars = {
      writes * Double.parseDouble(prices.text("writeUnit")),
      reads * Double.parseDouble(prices.text("readUnit")),
      requests * Double.parseDouble(prices.text("queueRequest")),
      FILE_PRICES.entrySet().stream()
          .mapToDouble(price -> figures.calls("s3 " + price.getKey()) * price.getValue())
          .sum(),
      figures.invocations() * Double.parseDouble(prices.text("functionRequest")),
      figures.seconds() * Double.parseDouble(prices.text("functionGigabyteSecond"))
    };
    out.println("| of one run | how much | USD |");
    out.println("|---|---|---|");
    line(out, "DynamoDB, write units", writes, dollars[0]);
    line(out, "DynamoDB, read units", reads, dollars[1]);
    line(out, "SQS, requests (three a message)", requests, dollars[2]);
    line(out, "S3, requests", figures.calls("s3 "), dollars[3]);
    line(out, "Lambda, requests", figures.invocations(), dollars[4]);
    line(out, "Lambda, seconds of 1 GB", figures.seconds(), dollars[5]);
    double sum = 0;
    for (double each : dollars) {
      sum += each;
    }
    out.printf(Locale.ROOT, "| control plane in all | | %.1e |%n", sum);
  }

  private static void line(PrintStream out, String what, double amount, double dollars) {
    out.printf(Locale.ROOT, "| %s | %.1f | %.1e |%n", what, amount, dollars);
  }
}
