package dev.audition.core.tree;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.audition.core.diagnostic.SourceLocation;
import dev.audition.core.tree.TreeNode.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads JSON text into a {@link TreeNode}: texts are not plain; numbers, truth values and null are.
 */
public final class JsonReader {
  /** How deep objects and arrays may stand in one another. */
  public static final int MAXIMUM_DEPTH = 200;

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(MAXIMUM_DEPTH).build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // Names come from outside; they are not to stay in the virtual machine's own table.
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
          .build();

  private final JsonParser parser;
  private final String file;

  private JsonReader(JsonParser parser, String file) {
    this.parser = parser;
    this.file = file;
  }

  /**
   * Read one document.
   *
   * @param file its name as shown to the user
   * @throws MalformedJsonException if it is not JSON, if an object has a key twice, if more text
   *     follows, or if it is more than {@value #MAXIMUM_DEPTH} deep
   */
  public static TreeNode read(String text, String file) {
    String json = text.startsWith("\uFEFF") ? text.substring(1) : text;
    try (JsonParser parser = FACTORY.createParser(json)) {
      return new JsonReader(parser, file).document();
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(place(file, e.getLocation()), problem(e));
    } catch (IOException e) {
      throw new UncheckedIOException("text in memory", e);
    }
  }

  private static String problem(JsonProcessingException e) {
    String words = e.getOriginalMessage().strip().replaceAll("\\s+", " ");
    return "not JSON: " + (words.length() > 200 ? words.substring(0, 200) + "..." : words);
  }

  private static SourceLocation place(String file, JsonLocation location) {
    return location == null
        ? SourceLocation.of(file)
        : new SourceLocation(
            file, Math.max(location.getLineNr(), 0), Math.max(location.getColumnNr(), 0));
  }

  private SourceLocation here() {
    return place(file, parser.currentTokenLocation());
  }

  private TreeNode document() throws IOException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      throw new MalformedJsonException(new SourceLocation(file, 1, 1), "not JSON: it is empty");
    }
    TreeNode document = node(first);
    if (parser.nextToken() != null) {
      throw new MalformedJsonException(here(), "not JSON: more follows after its end");
    }
    return document;
  }

  private TreeNode node(JsonToken token) throws IOException {
    SourceLocation location = here();
    return switch (token) {
      case START_OBJECT -> object(location);
      case START_ARRAY -> array(location);
      case VALUE_STRING -> new TreeNode.Scalar(parser.getText(), false, null, location);
      default -> new TreeNode.Scalar(parser.getText(), true, null, location);
    };
  }

  private TreeNode object(SourceLocation location) throws IOException {
    List<Entry> entries = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      SourceLocation keyLocation = here();
      entries.add(new Entry(key, keyLocation, node(parser.nextToken())));
    }
    return new TreeNode.Mapping(entries, null, location);
  }

  private TreeNode array(SourceLocation location) throws IOException {
    List<TreeNode> items = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      items.add(node(next));
    }
    return new TreeNode.Sequence(items, null, location);
  }
}
