package dev.audition.aws.ecs;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/**
 * Fills the SDK's shapes from JSON in the API's own field names, by the table of fields each shape
 * carries. So a definition is registered exactly as it was rendered and hashed, and an event is
 * read by the same names as an answer.
 */
final class SdkShapes {
  /** What to do with a field that the shape does not have. */
  enum Unknown {
    /** It was written by us, so it is a fault. */
    FAULT,
    /** It was written by a service, which may say more than this release knows. */
    LEFT_OUT
  }

  private final Unknown unknown;

  private SdkShapes(Unknown unknown) {
    this.unknown = unknown;
  }

  /** Fill a builder; what it had in other fields stays. */
  static <B extends SdkPojo> B fill(B builder, Mapping json, Unknown unknown) {
    new SdkShapes(unknown).fill(builder, json, "");
    return builder;
  }

  private void fill(SdkPojo shape, Mapping json, String path) {
    Map<String, SdkField<?>> fields = new LinkedHashMap<>();
    shape.sdkFields().forEach(field -> fields.put(field.locationName(), field));
    for (Entry entry : json.entries()) {
      SdkField<?> field = fields.get(entry.key());
      String place = path + "/" + entry.key();
      if (field != null) {
        if (!entry.value().isNull()) {
          field.set(shape, value(field, entry.value(), place));
        }
      } else if (unknown == Unknown.FAULT) {
        throw new IllegalArgumentException(
            "field: \"%s\" (expected: one that the API has)".formatted(place));
      }
    }
  }

  private Object value(SdkField<?> field, TreeNode node, String path) {
    MarshallingKnownType type = field.marshallingType().getKnownType();
    return switch (node) {
      case Mapping json when type == MarshallingKnownType.SDK_POJO -> {
        SdkPojo shape = field.constructor().get();
        fill(shape, json, path);
        yield ((Buildable) shape).build();
      }
      case Mapping json when type == MarshallingKnownType.MAP -> {
        SdkField<?> inner = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
        Map<String, Object> map = new LinkedHashMap<>();
        json.entries().forEach(e -> map.put(e.key(), value(inner, e.value(), path)));
        yield map;
      }
      case Sequence json when type == MarshallingKnownType.LIST -> {
        SdkField<?> inner = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
        List<Object> list = new ArrayList<>();
        json.items().forEach(item -> list.add(value(inner, item, path)));
        yield list;
      }
      case Scalar json -> scalar(type, json.text(), path);
      case Mapping _, Sequence _ -> throw unfit(path, node.kind());
    };
  }

  private static Object scalar(MarshallingKnownType type, String text, String path) {
    try {
      return switch (type) {
        case STRING -> text;
        case INTEGER -> Integer.valueOf(text);
        case LONG -> Long.valueOf(text);
        case DOUBLE -> Double.valueOf(text);
        case BOOLEAN -> Boolean.valueOf(text);
        case INSTANT -> Instant.parse(text);
        default -> throw unfit(path, text); // the API has no others in what is read here
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new IllegalArgumentException(unfit(path, text).getMessage(), e);
    }
  }

  private static IllegalArgumentException unfit(String path, String found) {
    return new IllegalArgumentException(
        "field: %s is %s (expected: what the API has there)".formatted(path, found));
  }
}
