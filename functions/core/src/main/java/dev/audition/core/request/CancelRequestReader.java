package dev.audition.core.request;

import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.run.RunId;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.List;
import java.util.stream.Collectors;

/** Reads a {@link CancelRequest} from the JSON of {@code events/cancel-request.schema.json}. */
public final class CancelRequestReader {
  /** Its texts are short; what is longer is no such message, and is not parsed to see that. */
  private static final int MOST_CHARACTERS = 4096;

  private static final String FILE = "cancel request";
  private static final String KEY = "cancel";
  private static final String ASKED_BY = "a message";

  private CancelRequestReader() {}

  /** What came of it. */
  public sealed interface Outcome {
    /** It can be asked for. */
    record Accepted(CancelRequest request) implements Outcome {}

    /** It means to be one, and cannot be understood. */
    record Rejected(List<Diagnostic> diagnostics) implements Outcome {
      public Rejected {
        diagnostics = List.copyOf(diagnostics);
      }

      /** Return every reason, one a line. */
      public String reasons() {
        return diagnostics.stream().map(Diagnostic::render).collect(Collectors.joining("\n"));
      }
    }

    /** It is something else. */
    record SomethingElse() implements Outcome {}
  }

  /** Read a message; never throws for what it says. */
  public static Outcome read(String text) {
    if (text.length() > MOST_CHARACTERS || !text.contains('"' + KEY + '"')) {
      return new Outcome.SomethingElse();
    }
    try {
      return JsonReader.read(text, FILE) instanceof Mapping mapping && mapping.find(KEY).isPresent()
          ? read(mapping)
          : new Outcome.SomethingElse();
    } catch (MalformedJsonException _) {
      return new Outcome.SomethingElse(); // whoever reads it as something else says what is wrong
    }
  }

  private static Outcome read(Mapping object) {
    Diagnostics diagnostics = new Diagnostics();
    RequestFields fields = new RequestFields(object, "", diagnostics);
    if (fields.number("schema", 0, Integer.MAX_VALUE).orElse(0) != RunRequestReader.SCHEMA) {
      fields.wrong(
          "schema",
          "this version",
          RunRequestReader.SCHEMA + "; another release wrote the message");
      return new Outcome.Rejected(diagnostics.sorted());
    }
    fields.onlyKeys(List.of("schema", KEY, "by", "reason"));
    String run = fields.required(KEY, TextRule.RUN_ID);
    String by = fields.text("by", TextRule.WORDS).filter(who -> !who.isBlank()).orElse(ASKED_BY);
    String reason = fields.text("reason", TextRule.WORDS).orElse("");
    return diagnostics.refused()
        ? new Outcome.Rejected(diagnostics.sorted())
        : new Outcome.Accepted(new CancelRequest(new RunId(run), by, reason));
  }
}
