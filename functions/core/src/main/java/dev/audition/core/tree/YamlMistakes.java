package dev.audition.core.tree;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Says in plain words what SnakeYAML's exceptions say in a parser's. */
final class YamlMistakes {
  private YamlMistakes() {}

  /**
   * One mistake and its words.
   *
   * @param context what SnakeYAML was doing; empty if that does not matter
   * @param problem what it found
   * @param message for the user; {@code $1} stands for the first group of {@code problem}
   * @param atContext whether the place where the construct begins helps more than the place where
   *     reading stopped
   */
  private record Mistake(
      Pattern context, Pattern problem, String message, String remedy, boolean atContext) {
    static Mistake at(String context, String problem, String message, String remedy) {
      return new Mistake(
          Pattern.compile(context), Pattern.compile(problem), message, remedy, false);
    }

    static Mistake from(String context, String problem, String message, String remedy) {
      return new Mistake(Pattern.compile(context), Pattern.compile(problem), message, remedy, true);
    }
  }

  /** The first that fits holds. */
  private static final List<Mistake> MISTAKES =
      List.of(
          Mistake.at(
              "",
              "found character '\\\\t",
              "a tab stands where YAML allows only spaces",
              "Indent with spaces."),
          Mistake.at(
              "",
              "found character '?([@`%])",
              "a text may not begin with \"$1\" without quotes",
              "Put quotes around the text."),
          Mistake.at("", "found character", "this character cannot stand here", "Quote the text."),
          Mistake.from(
              "simple key",
              "could not find expected ':'",
              "this line is neither \"key: value\" nor part of a text above",
              "Add the colon with a space after it, or indent the line to belong to the text"
                  + " above."),
          Mistake.from(
              "quoted scalar",
              "unexpected end of stream|document separator",
              "the quote that opens here is never closed",
              "Close it, or double a quote that belongs to the text."),
          Mistake.at(
              "double-quoted scalar",
              "unknown escape character (.*)\\(",
              "\\$1 is not an escape inside of double quotes",
              "Write two backslashes for one, or use single quotes."),
          Mistake.at(
              "double-quoted scalar",
              "expected escape sequence",
              "an escape inside of the double quotes is not complete",
              "Write two backslashes for one, or use single quotes."),
          Mistake.at(
              "",
              "mapping values are not allowed here",
              "a colon makes a key here, where there can be none",
              "Check the indentation of this line, and that the key above it has its colon; put"
                  + " quotes around a text that holds \": \"."),
          Mistake.at(
              "",
              "sequence entries are not allowed here",
              "a list item (\"- \") cannot stand here",
              "Put it on a line of its own, indented below its key."),
          Mistake.at(
              "block mapping",
              "expected <block end>, but found '(-|<block sequence)",
              "a list item stands between the keys of a mapping",
              "Check the indentation: a list stands below its key."),
          Mistake.at(
              "block mapping",
              "expected <block end>",
              "this does not continue the mapping above it",
              "Check the indentation: keys of one mapping begin in the same column."),
          Mistake.at(
              "block collection|block sequence",
              "expected <block end>",
              "this does not continue the list above it",
              "Check the indentation: items of one list begin in the same column, with \"- \"."),
          Mistake.from(
              "flow sequence",
              "expected ',' or '\\]'",
              "the list that opens here with [ is not closed, or a comma is missing",
              "Close it with ], and quote an item that holds a bracket or \": \"."),
          Mistake.from(
              "flow mapping",
              "expected ',' or '\\}'",
              "the mapping that opens here with { is not closed, or a comma is missing",
              "Close it with }, or quote the text if it is one, such as a placeholder in {{ }}."),
          Mistake.at(
              "",
              "found undefined alias (\\S+)",
              "the alias *$1 names no anchor above it",
              "Write &$1 at the value it stands for, or quote a text that begins with *."),
          Mistake.at(
              "",
              "expected alphabetic or numeric|unexpected character found",
              "after * or & a name must follow",
              "Quote a text that begins with * or &, such as \"*.log\"."),
          Mistake.at(
              "",
              "undefined tag handle|could not parse|expected URI|tag",
              "the tag that begins with ! is not one",
              "Quote a text that begins with !."),
          Mistake.at(
              "block scalar",
              "",
              "the text block that begins with | or > is not written as one",
              "End the line after | or >, and indent the text below it."));

  /** Explain what the library threw over a file. */
  static Diagnostic explain(RuntimeException thrown, String file) {
    if (thrown instanceof BoundedParser.LimitException limit) {
      return new Diagnostic(
          Severity.REFUSAL,
          Category.SIZE,
          YamlTree.location(file, limit.mark()),
          "",
          Objects.requireNonNullElse(limit.getMessage(), ""),
          "Write less, or use fewer aliases.");
    }
    if (thrown instanceof MarkedYAMLException marked) {
      return explainMarked(marked, file);
    }
    String reason = Objects.requireNonNullElse(thrown.getMessage(), thrown.toString());
    return refusal(SourceLocation.of(file), "not valid YAML: " + oneLine(reason), "");
  }

  private static Diagnostic explainMarked(MarkedYAMLException marked, String file) {
    String context = Objects.requireNonNullElse(marked.getContext(), "");
    String problem = Objects.requireNonNullElse(marked.getProblem(), "");
    for (Mistake mistake : MISTAKES) {
      Matcher found = mistake.problem().matcher(problem);
      if (found.find() && mistake.context().matcher(context).find()) {
        String first = found.groupCount() > 0 ? found.group(1) : "";
        Mark mark = mistake.atContext() ? marked.getContextMark() : marked.getProblemMark();
        return refusal(
            place(file, mark, marked),
            mistake.message().replace("$1", first),
            mistake.remedy().replace("$1", first));
      }
    }
    String words = context.isEmpty() ? problem : problem + " (" + context + ")";
    return refusal(
        place(file, marked.getProblemMark(), marked),
        "not valid YAML: " + oneLine(words),
        "Check the indentation and the quotes around this place.");
  }

  private static SourceLocation place(
      String file, @Nullable Mark preferred, MarkedYAMLException marked) {
    Mark mark = preferred;
    if (mark == null) {
      mark = marked.getProblemMark() == null ? marked.getContextMark() : marked.getProblemMark();
    }
    return mark == null ? SourceLocation.of(file) : YamlTree.location(file, mark);
  }

  private static Diagnostic refusal(SourceLocation location, String message, String remedy) {
    return new Diagnostic(Severity.REFUSAL, Category.INVALID, location, "", message, remedy);
  }

  private static String oneLine(String text) {
    String line = text.strip().replaceAll("\\s+", " ");
    return line.length() > 200 ? line.substring(0, 200) + "..." : line;
  }
}
