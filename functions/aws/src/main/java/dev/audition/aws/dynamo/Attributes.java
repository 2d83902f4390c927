package dev.audition.aws.dynamo;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Values to attributes and back. */
final class Attributes {
  /** An item holds 400 KB, its other attributes and their names included. */
  private static final int MOST_BYTES = 390_000;

  /** What is shorter gains nothing by being packed. */
  private static final int PACKED_FROM = 600;

  /** More than this no text of ours unpacks to; what does is no text of ours. */
  private static final int MOST_UNPACKED = 64 << 20;

  private Attributes() {}

  static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }

  /**
   * Return a long text as an attribute: packed where that makes it smaller.
   *
   * @param what for the message
   * @throws IllegalArgumentException if no item can hold it
   */
  static AttributeValue packed(String text, String what) {
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    if (plain.length < PACKED_FROM) {
      return text(text);
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream packing = new GZIPOutputStream(packed)) {
      packing.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
    if (packed.size() > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s: %,d bytes, packed %,d (expected: at most %,d packed)"
              .formatted(what, plain.length, packed.size(), MOST_BYTES));
    }
    return AttributeValue.fromB(SdkBytes.fromByteArrayUnsafe(packed.toByteArray()));
  }

  /** Return the text of an attribute that {@link #packed} made. */
  static String unpacked(AttributeValue attribute) {
    if (attribute.s() != null) {
      return attribute.s();
    }
    try (GZIPInputStream unpacking =
        new GZIPInputStream(new ByteArrayInputStream(attribute.b().asByteArrayUnsafe()))) {
      byte[] plain = unpacking.readNBytes(MOST_UNPACKED);
      return new String(plain, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("bytes in memory", e);
    }
  }

  /** Return an item's size as DynamoDB counts it: the bytes of its names and values. */
  static int size(Map<String, AttributeValue> item) {
    int size = 0;
    for (Map.Entry<String, AttributeValue> entry : item.entrySet()) {
      size += bytes(entry.getKey()) + size(entry.getValue());
    }
    return size;
  }

  private static int size(AttributeValue value) {
    if (value.s() != null) {
      return bytes(value.s());
    }
    return value.n() != null ? value.n().length() / 2 + 2 : value.b().asByteArrayUnsafe().length;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  static String textOf(Map<String, AttributeValue> item, String name) {
    return required(item, name).s();
  }

  static int intOf(Map<String, AttributeValue> item, String name) {
    return Integer.parseInt(required(item, name).n());
  }

  static long longOf(Map<String, AttributeValue> item, String name) {
    return Long.parseLong(required(item, name).n());
  }

  static AttributeValue required(Map<String, AttributeValue> item, String name) {
    @Nullable AttributeValue value = item.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "item %s %s: no %s (expected: a value)"
              .formatted(item.get(TableLayout.PARTITION), item.get(TableLayout.SORT), name));
    }
    return value;
  }
}
