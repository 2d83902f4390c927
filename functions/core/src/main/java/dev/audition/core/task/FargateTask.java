package dev.audition.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * A task as it is registered, and what each launch must add.
 *
 * @param texts variables for the environment file of {@code audition-stage}: the texts of configs
 *     and secrets in base64, which stay out of the definition
 */
public record FargateTask(TaskDefinition definition, SequencedMap<String, String> texts) {
  public FargateTask {
    texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
  }

  @Override
  public String toString() {
    return "FargateTask[definition=" + definition + ", texts=" + texts.keySet() + "]";
  }
}
