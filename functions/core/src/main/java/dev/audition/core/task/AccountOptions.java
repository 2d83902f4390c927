package dev.audition.core.task;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a container has only in an account.
 *
 * @param secrets variables whose values ECS fetches: name to the ARN of the secret or parameter
 * @param repositoryCredentials the ARN of the secret that opens the image's registry; empty for
 *     none
 * @param everyLine whether the container waits rather than loses a line of its output
 */
public record AccountOptions(
    SequencedMap<String, String> secrets, String repositoryCredentials, boolean everyLine) {
  /** Nothing of it: the laptop's containers. */
  public static final AccountOptions NONE = new AccountOptions(new LinkedHashMap<>(), "", false);

  public AccountOptions {
    secrets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(secrets));
  }
}
