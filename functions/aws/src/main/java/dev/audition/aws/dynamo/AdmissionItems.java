package dev.audition.aws.dynamo;

import static dev.audition.aws.dynamo.Attributes.number;
import static dev.audition.aws.dynamo.Attributes.text;

import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.RunId;
import dev.audition.core.run.admission.AdmissionState;
import dev.audition.core.run.admission.AdmissionState.Mode;
import dev.audition.core.run.admission.AdmittedRun;
import dev.audition.core.run.admission.Claim;
import dev.audition.core.run.admission.LearnedLimit;
import dev.audition.core.run.admission.Line;
import dev.audition.core.run.admission.PoolState;
import dev.audition.core.run.admission.Turn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The items of the admission. None of them expires: each is removed when its run is over.
 *
 * <ul>
 *   <li>{@code admission state}: what is decided by, replaced with every commit;
 *   <li>{@code waiting#<pool>#<project> <since>#<run>}: a run in its line;
 *   <li>{@code admitted <run>}: a run that holds what it claimed.
 * </ul>
 */
final class AdmissionItems {
  /** The version of these items' form. */
  static final int SCHEMA = 1;

  static final String VERSION = "version";

  private static final DateTimeFormatter ORDERED =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private AdmissionItems() {}

  static Map<String, AttributeValue> stateKey() {
    return key(text("admission"), text("state"));
  }

  static AttributeValue waitingPartition(Line line) {
    return text("waiting#%s#%s".formatted(line.pool().label(), line.project()));
  }

  static Map<String, AttributeValue> waitingKey(Claim claim) {
    return key(
        waitingPartition(claim.line()),
        text(ORDERED.format(claim.since()) + "#" + claim.run().value()));
  }

  static AttributeValue admittedPartition() {
    return text("admitted");
  }

  static Map<String, AttributeValue> admittedKey(RunId run) {
    return key(admittedPartition(), text(run.value()));
  }

  private static Map<String, AttributeValue> key(AttributeValue partition, AttributeValue sort) {
    return Map.of(TableLayout.PARTITION, partition, TableLayout.SORT, sort);
  }

  /** Return the attribute that names the projects of which runs wait for a pool. */
  static String waitingProjects(CapacityPool pool) {
    return switch (pool) {
      case ON_DEMAND -> "waitingOnDemand";
      case SPOT -> "waitingSpot";
    };
  }

  private static String poolName(CapacityPool pool) {
    return switch (pool) {
      case ON_DEMAND -> "onDemand";
      case SPOT -> "spot";
    };
  }

  static Map<String, AttributeValue> waiting(Claim claim) {
    Map<String, AttributeValue> item = new HashMap<>(waitingKey(claim));
    item.put(TableLayout.SCHEMA, number(SCHEMA));
    item.putAll(attributes(claim));
    return item;
  }

  static Map<String, AttributeValue> admitted(AdmittedRun run) {
    Map<String, AttributeValue> item = new HashMap<>(admittedKey(run.run()));
    item.put(TableLayout.SCHEMA, number(SCHEMA));
    item.putAll(attributes(run.claim()));
    item.put("at", text(run.at().toString()));
    return item;
  }

  static AdmittedRun admittedOf(Map<String, AttributeValue> item) {
    return new AdmittedRun(claimOf(item), instant(item, "at"));
  }

  private static Map<String, AttributeValue> attributes(Claim claim) {
    return Map.of(
        "run", text(claim.run().value()),
        "project", text(claim.project()),
        "pool", text(claim.pool().name()),
        "cpuUnits", number(claim.cpuUnits()),
        "since", text(claim.since().toString()));
  }

  static Claim claimOf(Map<String, AttributeValue> item) {
    return new Claim(
        new RunId(Attributes.textOf(item, "run")),
        Attributes.textOf(item, "project"),
        CapacityPool.valueOf(Attributes.textOf(item, "pool")),
        Attributes.intOf(item, "cpuUnits"),
        instant(item, "since"));
  }

  private static Instant instant(Map<String, AttributeValue> item, String name) {
    return Instant.parse(Attributes.textOf(item, name));
  }

  static Map<String, AttributeValue> state(AdmissionState state) {
    Map<String, AttributeValue> item = new HashMap<>(stateKey());
    item.put(TableLayout.SCHEMA, number(SCHEMA));
    item.put(VERSION, number(state.version()));
    item.put("mode", text(state.mode().name()));
    item.put("launchesSpentUntil", text(state.launchesSpentUntil().toString()));
    for (CapacityPool pool : CapacityPool.values()) {
      PoolState known = state.pool(pool);
      if (!known.waiting().isEmpty()) {
        item.put(waitingProjects(pool), AttributeValue.fromSs(known.waiting().stream().toList()));
      }
      item.put(poolName(pool), AttributeValue.fromM(attributes(known)));
    }
    return item;
  }

  private static Map<String, AttributeValue> attributes(PoolState pool) {
    Map<String, AttributeValue> map = new HashMap<>();
    map.put("held", map(pool.held(), units -> number(units)));
    map.put(
        "refusals",
        map(
            pool.refusals(),
            refusal ->
                AttributeValue.fromM(
                    Map.of(
                        "cpuUnits", number(refusal.cpuUnits()),
                        "at", text(refusal.at().toString())))));
    LearnedLimit learned = pool.learned();
    if (learned != null) {
      map.put(
          "learned",
          AttributeValue.fromM(
              Map.of(
                  "cpuUnits", number(learned.cpuUnits()),
                  "since", text(learned.since().toString()))));
    }
    Turn turn = pool.turn();
    if (turn != null) {
      Map<String, AttributeValue> attributes = new HashMap<>(attributes(turn.claim()));
      attributes.put("passedSince", text(turn.since().toString()));
      attributes.put("passed", number(turn.passed()));
      map.put("turn", AttributeValue.fromM(attributes));
    }
    return map;
  }

  private static <T> AttributeValue map(
      SortedMap<String, T> values, Function<T, AttributeValue> write) {
    Map<String, AttributeValue> map = new HashMap<>();
    values.forEach((key, value) -> map.put(key, write.apply(value)));
    return AttributeValue.fromM(map);
  }

  /**
   * Read the state; an item that only lines were added to has nothing else yet.
   *
   * @throws IllegalArgumentException if a later release wrote it
   */
  static AdmissionState stateOf(Map<String, AttributeValue> item) {
    int schema = Attributes.intOf(item, TableLayout.SCHEMA);
    if (schema > SCHEMA) {
      throw new IllegalArgumentException(
          "admission state: schema %d (expected: at most %d; a later release wrote it)"
              .formatted(schema, SCHEMA));
    }
    Map<CapacityPool, PoolState> pools = new EnumMap<>(CapacityPool.class);
    for (CapacityPool pool : CapacityPool.values()) {
      pools.put(pool, poolOf(nested(item, poolName(pool)), item.get(waitingProjects(pool))));
    }
    return new AdmissionState(
        Attributes.longOf(item, VERSION),
        item.containsKey("mode") ? Mode.valueOf(Attributes.textOf(item, "mode")) : Mode.OPEN,
        pools,
        item.containsKey("launchesSpentUntil")
            ? instant(item, "launchesSpentUntil")
            : Instant.EPOCH);
  }

  private static PoolState poolOf(
      Map<String, AttributeValue> map, @Nullable AttributeValue waiting) {
    return new PoolState(
        sorted(map, "held", Attributes::intOf),
        waiting == null ? new TreeSet<>() : new TreeSet<>(waiting.ss()),
        sorted(map, "refusals", AdmissionItems::refusalOf),
        map.containsKey("learned") ? learnedOf(nested(map, "learned")) : null,
        map.containsKey("turn") ? turnOf(nested(map, "turn")) : null);
  }

  private static PoolState.Refusal refusalOf(Map<String, AttributeValue> map, String run) {
    Map<String, AttributeValue> refusal = nested(map, run);
    return new PoolState.Refusal(Attributes.intOf(refusal, "cpuUnits"), instant(refusal, "at"));
  }

  private static LearnedLimit learnedOf(Map<String, AttributeValue> map) {
    return new LearnedLimit(Attributes.intOf(map, "cpuUnits"), instant(map, "since"));
  }

  private static Turn turnOf(Map<String, AttributeValue> map) {
    return new Turn(claimOf(map), instant(map, "passedSince"), Attributes.intOf(map, "passed"));
  }

  private static Map<String, AttributeValue> nested(Map<String, AttributeValue> map, String name) {
    AttributeValue value = map.get(name);
    return value == null ? Map.of() : value.m();
  }

  private static <T> SortedMap<String, T> sorted(
      Map<String, AttributeValue> map,
      String name,
      BiFunction<Map<String, AttributeValue>, String, T> read) {
    Map<String, AttributeValue> values = nested(map, name);
    SortedMap<String, T> sorted = new TreeMap<>();
    values.keySet().forEach(key -> sorted.put(key, read.apply(values, key)));
    return sorted;
  }
}
