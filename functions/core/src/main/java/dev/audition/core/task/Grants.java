package dev.audition.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a project lets its runs use in the account. The pipeline file comes from the commit under
 * test, so what is not listed is refused.
 *
 * @param secrets the project's name to the ARN of the secret or parameter
 * @param registries host, with its port if it has one, to the ARN of the secret with its
 *     credentials
 * @param taskRole the ARN of the role the containers' own calls use; empty for the deployment's
 */
public record Grants(
    SequencedMap<String, String> secrets,
    SequencedMap<String, String> registries,
    String taskRole) {
  /** Nothing. */
  public static final Grants NONE = new Grants(new LinkedHashMap<>(), new LinkedHashMap<>(), "");

  public Grants {
    secrets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(secrets));
    registries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(registries));
  }
}
