package dev.audition.core.run.admission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.run.CapacityPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds whatever comes, in whatever order. */
final class AdmissionPropertyTest {
  private static final int SAMPLES = 20;
  private static final int[] SIZES = {256, 256, 512, 512, 1024, 1024, 1024, 2048, 4096};
  private static final Duration LONGEST = Duration.ofMinutes(6);

  private interface Scene {
    void play(Random random, String seed);
  }

  private static void forManySeeds(Scene scene) {
    long first = Long.getLong("seed", System.nanoTime());
    for (long seed = first; seed < first + SAMPLES; seed++) {
      scene.play(new Random(seed), "-Dseed=" + seed);
    }
  }

  private static Crowd crowd(Random random) {
    return new Crowd(
        Quotas.ofVcpus(4 + random.nextInt(12)),
        _ -> Duration.ofSeconds(20 + random.nextInt((int) LONGEST.toSeconds() - 20)));
  }

  private static Claim arrival(Crowd crowd, Random random) {
    CapacityPool pool = random.nextInt(5) == 0 ? CapacityPool.SPOT : CapacityPool.ON_DEMAND;
    return crowd.arrive("p" + random.nextInt(6), pool, SIZES[random.nextInt(SIZES.length)]);
  }

  @Test
  void neverMoreThanTheQuotaIsInUseAndTheStateKnowsWhatIs() {
    forManySeeds(
        (random, seed) -> {
          Crowd crowd = crowd(random);
          for (int i = 0; i < 120; i++) {
            arrival(crowd, random);
            crowd.pass(Duration.ofSeconds(random.nextInt(20)));
            for (CapacityPool pool : CapacityPool.values()) {
              assertThat(crowd.inUse(pool)).as(seed).isLessThanOrEqualTo(crowd.quotas.of(pool));
              assertThat(crowd.state.pool(pool).inUse()).as(seed).isEqualTo(crowd.inUse(pool));
            }
          }
        });
  }

  @Test
  void everyRunBeginsWithinABoundWhateverElseArrives() {
    forManySeeds(
        (random, seed) -> {
          Crowd crowd = crowd(random);
          List<Claim> observed = new ArrayList<>();
          for (int i = 0; i < 40; i++) {
            observed.add(arrival(crowd, random));
          }
          // those before it, each kept for at most a reservation and the longest run
          Duration bound = Turn.RESERVES.plus(LONGEST).multipliedBy(observed.size());
          for (Duration passed = Duration.ZERO;
              passed.compareTo(bound) < 0 && !observed.stream().allMatch(crowd::began);
              passed = passed.plusSeconds(60)) {
            for (int i = 0; i < 8; i++) {
              arrival(crowd, random);
            }
            crowd.pass(Duration.ofSeconds(60));
          }
          assertThat(observed).as(seed).allMatch(crowd::began);
        });
  }

  @Test
  void theOrderInWhichLinesAndClaimsAreHandedInDoesNotMatter() {
    forManySeeds(
        (random, seed) -> {
          Crowd crowd = crowd(random);
          for (int i = 0; i < 60; i++) {
            arrival(crowd, random);
          }
          crowd.pass(Duration.ofSeconds(random.nextInt(400)));
          Map<Line, List<Claim>> fronts = crowd.fronts();
          Map<Line, List<Claim>> shuffled = new LinkedHashMap<>();
          List<Line> lines = new ArrayList<>(fronts.keySet());
          Collections.shuffle(lines, random);
          for (Line line : lines) {
            List<Claim> claims = new ArrayList<>(fronts.getOrDefault(line, List.of()));
            Collections.shuffle(claims, random);
            shuffled.put(line, claims);
          }
          assertThat(Admission.decide(crowd.state, shuffled, crowd.quotas, crowd.now))
              .as(seed)
              .isEqualTo(Admission.decide(crowd.state, fronts, crowd.quotas, crowd.now));
        });
  }

  @Test
  void nothingStaysFreeThatAWaitingRunMayTakeUnlessItIsKeptForALargerOne() {
    forManySeeds(
        (random, seed) -> {
          Crowd crowd = crowd(random);
          for (int i = 0; i < 150; i++) {
            arrival(crowd, random);
            crowd.pass(Duration.ofSeconds(random.nextInt(10)));
            for (var entry : crowd.lines.entrySet()) {
              Line line = entry.getKey();
              Turn turn = crowd.state.pool(line.pool()).turn();
              if (turn == null || !turn.reserves(crowd.now)) {
                int free = Admission.free(crowd.state, line.pool(), crowd.quotas, crowd.now);
                assertThat(entry.getValue().stream().limit(Admission.WINDOW))
                    .as(seed)
                    .noneMatch(claim -> claim.cpuUnits() <= free);
              }
            }
          }
        });
  }

  /** Smaller ones may go past it until what becomes free is kept for it: then one has to end. */
  @Test
  void aSmallProjectGetsItsShareBesideANoisyOne() {
    Duration longest = Duration.ofSeconds(90);
    forManySeeds(
        (random, seed) -> {
          Crowd crowd =
              new Crowd(
                  Quotas.ofVcpus(6),
                  _ -> longest.minusSeconds(random.nextInt((int) longest.toSeconds() - 30)));
          for (int i = 0; i < 400; i++) {
            crowd.arrive("noisy", SIZES[random.nextInt(7)]);
          }
          crowd.pass(Duration.ofSeconds(random.nextInt(100)));
          for (int i = 0; i < 5; i++) {
            Claim small = crowd.arrive("small", 1024);
            Instant latest = crowd.now.plus(Turn.RESERVES).plus(longest);
            while (!crowd.began(small) && crowd.now.isBefore(latest)) {
              crowd.pass(Duration.ofSeconds(10));
            }
            assertThat(crowd.began(small)).as(seed).isTrue();
            crowd.pass(Duration.ofSeconds(30));
          }
          assertThat(crowd.waiting()).as(seed).isPositive();
        });
  }

  @Test
  void withEqualDemandProjectsHoldEqualShares() {
    forManySeeds(
        (random, seed) -> {
          Crowd crowd =
              new Crowd(Quotas.ofVcpus(12), _ -> Duration.ofSeconds(30 + random.nextInt(60)));
          for (int i = 0; i < 600; i++) {
            crowd.arrive(i < 500 ? "p0" : "p" + (1 + i % 3), 1024);
          }
          crowd.pass(Duration.ofMinutes(2));
          for (String project : List.of("p0", "p1", "p2", "p3")) {
            assertThat(crowd.state.pool(CapacityPool.ON_DEMAND).heldBy(project))
                .as(seed + " " + project)
                .isBetween(2 * 1024, 4 * 1024);
          }
        });
  }
}
