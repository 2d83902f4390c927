package dev.audition.core.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.PrettyPrinter;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link TreeNode} as JSON.
 *
 * <p>Plain scalars that are numbers or truth values in JSON are written as such and null as null;
 * everything else is text in quotes. Keys keep their order. Tags are left out.
 */
public final class JsonWriter {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** A number as JSON has it: RFC 8259, section 6. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");

  private JsonWriter() {}

  /** Write on one line. */
  public static String write(TreeNode node) {
    return written(node, null);
  }

  /** Write for people: two spaces of indentation, one entry a line, no line break at the end. */
  public static String writePretty(TreeNode node) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter(
            Separators.createDefaultInstance()
                .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                .withObjectEmptySeparator("")
                .withArrayEmptySeparator(""));
    printer.indentArraysWith(indenter);
    printer.indentObjectsWith(indenter);
    return written(node, printer);
  }

  private static String written(TreeNode node, @Nullable PrettyPrinter printer) {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = FACTORY.createGenerator(text)) {
      if (printer != null) {
        generator.setPrettyPrinter(printer);
      }
      write(node, generator);
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
    return text.toString();
  }

  private static void write(TreeNode node, JsonGenerator generator) throws IOException {
    switch (node) {
      case TreeNode.Scalar scalar -> write(scalar, generator);
      case TreeNode.Sequence sequence -> {
        generator.writeStartArray();
        for (TreeNode item : sequence.items()) {
          write(item, generator);
        }
        generator.writeEndArray();
      }
      case TreeNode.Mapping mapping -> {
        generator.writeStartObject();
        for (TreeNode.Entry entry : mapping.entries()) {
          generator.writeFieldName(entry.key());
          write(entry.value(), generator);
        }
        generator.writeEndObject();
      }
    }
  }

  private static void write(TreeNode.Scalar scalar, JsonGenerator generator) throws IOException {
    String text = scalar.text();
    if (scalar.isNull()) {
      generator.writeNull();
    } else if (scalar.plain() && (text.equals("true") || text.equals("false"))) {
      generator.writeBoolean(text.equals("true"));
    } else if (scalar.plain() && NUMBER.matcher(text).matches()) {
      generator.writeRawValue(text);
    } else {
      generator.writeString(text);
    }
  }
}
