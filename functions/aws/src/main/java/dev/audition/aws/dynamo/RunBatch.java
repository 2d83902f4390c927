package dev.audition.aws.dynamo;

import dev.audition.aws.dynamo.RunItems.Settled;
import dev.audition.core.run.Run;
import dev.audition.core.run.stored.StoredRun;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What one commit stores.
 *
 * @param state the run's state
 * @param more items that are not there yet; with any, the commit is a transaction
 * @param settled what has items of its own once this is stored
 */
record RunBatch(
    Map<String, AttributeValue> state, List<Map<String, AttributeValue>> more, Settled settled) {
  /** Writes are paid by the kilobyte begun. */
  private static final int UNIT = 1024;

  /**
   * Return what stores a run. New texts and moments stand beside the state while that makes it no
   * dearer; a transaction costs twice what its items would, in the table and in each index.
   */
  static RunBatch of(Run run, StoredRun stored, Settled before, Instant expiresAt, Instant now) {
    Map<String, AttributeValue> beside = RunItems.state(run, stored, before, expiresAt, now);
    Settled all = Settled.all(stored);
    Map<String, AttributeValue> alone = RunItems.state(run, stored, all, expiresAt, now);
    return units(beside) <= units(alone)
        ? new RunBatch(beside, List.of(), before)
        : new RunBatch(alone, RunItems.settling(run.id(), stored, before, expiresAt), all);
  }

  private static int units(Map<String, AttributeValue> item) {
    return Math.ceilDiv(Attributes.size(item), UNIT);
  }
}
