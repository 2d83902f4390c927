package dev.audition.local.workspace;

import dev.audition.core.pipeline.Workspace;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The folder that steps work in and what its git says.
 *
 * @param variables {@code CF_*} and {@code CI}, as a Codefresh build would have them
 * @param branch the branch or tag checked out; null without git or where HEAD is on none
 */
public record WorkTree(
    Workspace workspace, SequencedMap<String, String> variables, @Nullable String branch) {
  public WorkTree {
    variables = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(variables));
  }
}
