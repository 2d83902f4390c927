package dev.audition.core.request;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.run.RunId;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads a {@link RunRequest} from the JSON of {@code events/run-request.schema.json}. */
public final class RunRequestReader {
  /** The version of the message that is read and written. */
  public static final int SCHEMA = 1;

  /** The longest message in bytes: an item of a table, where it is kept, has at most 400 KB. */
  public static final int MOST_BYTES = 320 * 1024;

  /** The name under which diagnostics speak of the message. */
  private static final String FILE = "run request";

  private static final int MOST_SECONDS = 24 * 60 * 60;

  private static final List<String> KEYS =
      List.of(
          "schema",
          "runId",
          "project",
          "source",
          "file",
          "files",
          "step",
          "candidates",
          "profiles",
          "images",
          "variables",
          "git",
          "environment",
          "timeoutSeconds",
          "queueTimeoutSeconds",
          "skipUnsupported",
          "requestedBy");

  private RunRequestReader() {}

  /** What came of it. */
  public sealed interface Outcome {
    /** It can be asked for. */
    record Accepted(RunRequest request) implements Outcome {}

    /** It cannot be understood. */
    record Rejected(List<Diagnostic> diagnostics) implements Outcome {
      public Rejected {
        diagnostics = List.copyOf(diagnostics);
      }

      /** Return every reason, one a line. */
      public String reasons() {
        return diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
      }
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** Read a message; never throws for what it says. */
  public static Outcome read(String text) {
    Diagnostics diagnostics = new Diagnostics();
    if (text.length() > MOST_BYTES || bytes(text) > MOST_BYTES) {
      refuse(diagnostics, SourceLocation.of(FILE), "longer than 320 KiB");
      return new Outcome.Rejected(diagnostics.sorted());
    }
    try {
      TreeNode node = JsonReader.read(text, FILE);
      if (node instanceof Mapping mapping) {
        RunRequest request = request(mapping, diagnostics);
        if (request != null && !diagnostics.refused()) {
          return new Outcome.Accepted(request);
        }
      } else {
        refuse(diagnostics, node.location(), "not an object");
      }
    } catch (MalformedJsonException e) {
      refuse(diagnostics, e.location(), "not JSON, or an object has a key twice");
    }
    return new Outcome.Rejected(diagnostics.sorted());
  }

  private static void refuse(Diagnostics diagnostics, SourceLocation location, String message) {
    diagnostics.refuse(
        Category.INVALID,
        location,
        "",
        message,
        "Send one JSON object as events/run-request.schema.json has it.");
  }

  private static @Nullable RunRequest request(Mapping object, Diagnostics diagnostics) {
    RequestFields fields = new RequestFields(object, "", diagnostics);
    if (fields.number("schema", 0, Integer.MAX_VALUE).orElse(0) != SCHEMA) {
      fields.wrong("schema", "this version", SCHEMA + "; another release wrote the message");
      return null; // what the other fields mean is not known
    }
    fields.onlyKeys(KEYS);
    String runId = fields.required("runId", TextRule.RUN_ID);
    String project = fields.required("project", TextRule.PROJECT);
    RunRequest.Source source = source(fields, runId);
    List<String> files = files(fields);
    RunRequest.Selection selection =
        new RunRequest.Selection(
            fields.text("step", TextRule.NAME).orElse(null),
            fields.texts("candidates", TextRule.NAME),
            fields.texts("profiles", TextRule.NAME));
    RunRequest.Values values =
        new RunRequest.Values(
            fields.map("images", TextRule.IMAGE),
            fields.map("variables", TextRule.VALUE),
            fields.map("git", TextRule.VALUE),
            fields.map("environment", TextRule.VALUE));
    Duration timeout = seconds(fields, "timeoutSeconds");
    Duration queueTimeout = seconds(fields, "queueTimeoutSeconds");
    boolean skip = fields.flag("skipUnsupported");
    String requestedBy = fields.text("requestedBy", TextRule.WORDS).orElse("");
    return diagnostics.refused()
        ? null
        : new RunRequest(
            new RunId(runId),
            project,
            source,
            files,
            selection,
            values,
            timeout,
            queueTimeout,
            skip,
            requestedBy);
  }

  private static @Nullable Duration seconds(RequestFields fields, String key) {
    return fields.number(key, 1, MOST_SECONDS).map(Duration::ofSeconds).orElse(null);
  }

  /** A run reads what was stored for it, and nothing of others. */
  private static RunRequest.Source source(RequestFields fields, String runId) {
    return fields
        .object("source")
        .map(
            source -> {
              source.onlyKeys(List.of("archive", "workspace", "name"));
              return new RunRequest.Source(
                  source.required("archive", TextRule.key("runs/" + runId + "/", ".zip")),
                  workspace(source, runId),
                  source.required("name", TextRule.REPOSITORY));
            })
        .orElseGet(() -> new RunRequest.Source("", "", ""));
  }

  /** Tasks are told of it without its request at hand, so it has one name. */
  private static String workspace(RequestFields source, String runId) {
    return source
        .text("workspace", TextRule.exactly("runs/" + runId + "/workspace.tar.gz"))
        .orElse("");
  }

  /** Without any, the root is looked through, as it is where somebody names a folder. */
  private static List<String> files(RequestFields fields) {
    if (fields.has("file") && fields.has("files")) {
      fields.wrong("files", "a list beside file", "one of the two");
    }
    List<String> files = new ArrayList<>(fields.texts("files", TextRule.PATH));
    fields.text("file", TextRule.PATH).ifPresent(files::add);
    return files.isEmpty() ? List.of(".") : files;
  }
}
