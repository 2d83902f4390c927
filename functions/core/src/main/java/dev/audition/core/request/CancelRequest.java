package dev.audition.core.request;

import dev.audition.core.run.RunId;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;

/**
 * A wish that a run end. It takes the way of the requests, so that whoever may ask for runs may end
 * them, and needs no right to write what is kept of them.
 *
 * @param by who asks, in words for the run's reason, such as {@code audition cancel}
 * @param reason why; empty if they do not say
 */
public record CancelRequest(RunId run, String by, String reason) {
  /** Write this as the JSON on one line that {@link CancelRequestReader} reads. */
  public String write() {
    MappingBuilder json =
        Tree.mapping()
            .putNumber("schema", RunRequestReader.SCHEMA)
            .putText("cancel", run.value())
            .putText("by", by);
    if (!reason.isEmpty()) {
      json.putText("reason", reason);
    }
    return JsonWriter.write(json.build());
  }
}
