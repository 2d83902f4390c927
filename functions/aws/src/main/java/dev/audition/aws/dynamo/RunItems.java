package dev.audition.aws.dynamo;

import static dev.audition.aws.dynamo.Attributes.number;
import static dev.audition.aws.dynamo.Attributes.text;

import dev.audition.core.run.Moment;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.run.stored.StoredRun;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of one run and how they are read again.
 *
 * <ul>
 *   <li>{@code run}: the state, replaced with every commit, and new texts and moments while they
 *       cost nothing there; it says how many others belong to it;
 *   <li>{@code frame#<n>}: texts from number n on, written once;
 *   <li>{@code moment#<n>}: moments from number n on, written once;
 *   <li>{@code text#<name>}: what a run was asked to keep, such as its request.
 * </ul>
 */
final class RunItems {
  /** The version of these items' form. */
  static final int SCHEMA = 1;

  /** The partition of an index that holds one kind of item only. */
  static final String ALL = "runs";

  /** The sort keys that {@link #join} needs lie between these two, both included. */
  static final String FIRST_SORT = "frame#";

  static final String STATE_SORT = "run";

  private static final String MOMENT_SORT = "moment#";
  private static final String TEXT_SORT = "text#";
  private static final String VERSION = "version";
  private static final String STATE = "state";
  private static final String TEXTS = "texts";
  private static final String MOMENTS = "moments";
  private static final String NEW_TEXTS = "newTexts";
  private static final String NEW_MOMENTS = "newMoments";
  private static final String TEXT = "text";

  /** What the store must find unchanged for a commit. */
  static final String UNCHANGED = "version = :expected";

  /** What the store must find for a new run. */
  static final String ABSENT = "attribute_not_exists(pk)";

  private RunItems() {}

  /**
   * What was read of a run.
   *
   * @param version as stored beside the state
   */
  record Joined(long version, StoredRun stored, Settled settled) {}

  /** How many texts and moments have items of their own; what is more stands beside the state. */
  record Settled(int texts, int moments) {
    static final Settled NOTHING = new Settled(0, 0);

    static Settled all(StoredRun stored) {
      return new Settled(stored.texts().size(), stored.moments().size());
    }
  }

  static AttributeValue partition(RunId id) {
    return text("run#" + id.value());
  }

  /** Return the run of an item, or of an index's entry. */
  static RunId idOf(Map<String, AttributeValue> item) {
    return new RunId(Attributes.textOf(item, TableLayout.PARTITION).substring("run#".length()));
  }

  static Map<String, AttributeValue> expected(long version) {
    return Map.of(":expected", number(version));
  }

  /** Return the item that a commit replaces. */
  static Map<String, AttributeValue> state(
      Run run, StoredRun stored, Settled settled, Instant expiresAt, Instant now) {
    Map<String, AttributeValue> item = item(run.id(), STATE_SORT, expiresAt);
    item.put(VERSION, number(run.version()));
    item.put(TableLayout.STATUS, text(run.status().name()));
    item.put(TableLayout.CREATED_AT, text(IndexTime.of(run.times().createdAt())));
    item.put(STATE, text(stored.state()));
    item.put(TEXTS, number(settled.texts()));
    item.put(MOMENTS, number(settled.moments()));
    List<String> texts = from(settled.texts(), stored.texts());
    if (!texts.isEmpty()) {
      item.put(NEW_TEXTS, text(JsonWriter.write(Tree.texts(texts))));
    }
    List<Moment> moments = from(settled.moments(), stored.moments());
    if (!moments.isEmpty()) {
      item.put(NEW_MOMENTS, text(StoredRun.write(moments)));
    }
    item.put(TableLayout.LIST_PARTITION, text(ALL));
    Instant next = run.times().nextCheckAt();
    if (next != null) {
      item.put(TableLayout.DUE_PARTITION, text(ALL));
      item.put(TableLayout.NEXT_CHECK_AT, text(IndexTime.due(next, now)));
    }
    return item;
  }

  private static <T> List<T> from(int first, List<T> list) {
    return list.subList(first, list.size());
  }

  /** Return the items of the texts and moments that have none yet. */
  static List<Map<String, AttributeValue>> settling(
      RunId id, StoredRun stored, Settled settled, Instant expiresAt) {
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    List<String> texts = from(settled.texts(), stored.texts());
    if (!texts.isEmpty()) {
      items.add(frame(id, settled.texts(), texts, expiresAt));
    }
    List<Moment> moments = from(settled.moments(), stored.moments());
    if (!moments.isEmpty()) {
      items.add(moments(id, settled.moments(), moments, expiresAt));
    }
    return items;
  }

  private static Map<String, AttributeValue> frame(
      RunId id, int first, List<String> texts, Instant expiresAt) {
    Map<String, AttributeValue> item = item(id, sort(FIRST_SORT, first), expiresAt);
    item.put(TEXTS, Attributes.packed(JsonWriter.write(Tree.texts(texts)), "texts of run " + id));
    return item;
  }

  private static Map<String, AttributeValue> moments(
      RunId id, int first, List<Moment> moments, Instant expiresAt) {
    Map<String, AttributeValue> item = item(id, sort(MOMENT_SORT, first), expiresAt);
    item.put(MOMENTS, Attributes.packed(StoredRun.write(moments), "moments of run " + id));
    return item;
  }

  static Map<String, AttributeValue> textKey(RunId id, String name) {
    return Map.of(TableLayout.PARTITION, partition(id), TableLayout.SORT, text(TEXT_SORT + name));
  }

  static Map<String, AttributeValue> namedText(
      RunId id, String name, String content, Instant expiresAt) {
    Map<String, AttributeValue> item = item(id, TEXT_SORT + name, expiresAt);
    item.put(TEXT, Attributes.packed(content, "text %s of run %s".formatted(name, id)));
    return item;
  }

  static String textOf(Map<String, AttributeValue> item) {
    return Attributes.unpacked(Attributes.required(item, TEXT));
  }

  private static Map<String, AttributeValue> item(RunId id, String sort, Instant expiresAt) {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(TableLayout.PARTITION, partition(id));
    item.put(TableLayout.SORT, text(sort));
    item.put(TableLayout.SCHEMA, number(SCHEMA));
    item.put(TableLayout.EXPIRES_AT, number(expiresAt.getEpochSecond()));
    return item;
  }

  private static String sort(String prefix, int first) {
    return prefix + "%05d".formatted(first);
  }

  /** Return whether an item is what a commit of this state at this version would have stored. */
  static boolean same(Map<String, AttributeValue> stored, Map<String, AttributeValue> written) {
    return stored.containsKey(STATE)
        && Objects.equals(stored.get(STATE), written.get(STATE))
        && Objects.equals(stored.get(VERSION), written.get(VERSION));
  }

  /** Find the state among a run's items. */
  static Optional<Map<String, AttributeValue>> stateOf(List<Map<String, AttributeValue>> items) {
    return items.stream()
        .filter(item -> Attributes.textOf(item, TableLayout.SORT).equals(STATE_SORT))
        .findFirst();
  }

  /**
   * Join a run's items.
   *
   * @param items in the order of their sort keys
   * @return empty if some are missing that the state speaks of: a commit went on while they were
   *     read, and they are there by now
   * @throws IllegalArgumentException if a later release wrote them
   */
  static Optional<Joined> join(
      Map<String, AttributeValue> state, List<Map<String, AttributeValue>> items) {
    int schema = Attributes.intOf(state, TableLayout.SCHEMA);
    if (schema > SCHEMA) {
      throw new IllegalArgumentException(
          "run %s: schema %d (expected: at most %d; a later release wrote it)"
              .formatted(idOf(state), schema, SCHEMA));
    }
    List<String> texts = new ArrayList<>();
    List<Moment> moments = new ArrayList<>();
    for (Map<String, AttributeValue> item : items) {
      String sort = Attributes.textOf(item, TableLayout.SORT);
      if (sort.equals(sort(FIRST_SORT, texts.size()))) {
        texts.addAll(textsOf(item, TEXTS));
      } else if (sort.equals(sort(MOMENT_SORT, moments.size()))) {
        moments.addAll(momentsOf(item, MOMENTS));
      }
    }
    Settled settled = new Settled(Attributes.intOf(state, TEXTS), Attributes.intOf(state, MOMENTS));
    if (texts.size() < settled.texts() || moments.size() < settled.moments()) {
      return Optional.empty();
    }
    // What is more was written by a commit whose state was not seen yet.
    texts.subList(settled.texts(), texts.size()).clear();
    moments.subList(settled.moments(), moments.size()).clear();
    if (state.containsKey(NEW_TEXTS)) {
      texts.addAll(textsOf(state, NEW_TEXTS));
    }
    if (state.containsKey(NEW_MOMENTS)) {
      moments.addAll(momentsOf(state, NEW_MOMENTS));
    }
    return Optional.of(
        new Joined(
            Attributes.longOf(state, VERSION),
            new StoredRun(Attributes.textOf(state, STATE), texts, moments),
            settled));
  }

  private static List<String> textsOf(Map<String, AttributeValue> item, String name) {
    String json = Attributes.unpacked(Attributes.required(item, name));
    return switch (JsonReader.read(json, place(item))) {
      case Sequence list ->
          list.items().stream()
              .map(
                  node ->
                      switch (node) {
                        case Scalar scalar -> scalar.text();
                        case Mapping _, Sequence _ -> throw unexpected(item);
                      })
              .toList();
      case Mapping _, Scalar _ -> throw unexpected(item);
    };
  }

  private static List<Moment> momentsOf(Map<String, AttributeValue> item, String name) {
    return StoredRun.readMoments(Attributes.unpacked(Attributes.required(item, name)), place(item));
  }

  static String place(Map<String, AttributeValue> item) {
    return Attributes.textOf(item, TableLayout.PARTITION)
        + " "
        + Attributes.textOf(item, TableLayout.SORT);
  }

  private static IllegalArgumentException unexpected(Map<String, AttributeValue> item) {
    return new IllegalArgumentException(place(item) + ": no list (expected: a list of texts)");
  }
}
