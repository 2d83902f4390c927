package dev.audition.core.task;

import dev.audition.core.hook.HookHosts;
import dev.audition.core.hook.HookTarget;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What a project lets its runs use in the account. The pipeline file comes from the commit under
 * test, so what is not listed is refused.
 *
 * @param secrets the project's name to the ARN of the secret or parameter
 * @param registries host, with its port if it has one, to the ARN of the secret with its
 *     credentials
 * @param hookHosts whom notifications may be posted to
 * @param taskRole the ARN of the role the containers' own calls use; empty for the deployment's
 */
public record Grants(
    SequencedMap<String, String> secrets,
    SequencedMap<String, String> registries,
    HookHosts hookHosts,
    String taskRole) {
  /** Nothing. */
  public static final Grants NONE =
      new Grants(new LinkedHashMap<>(), new LinkedHashMap<>(), HookHosts.NONE, "");

  /** What whoever is refused something may do. */
  public static final String REMEDY =
      "Whoever runs the deployment lists it for the project; runs of pull requests from forks get"
          + " nothing.";

  public Grants {
    secrets = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(secrets));
    registries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(registries));
  }

  /** Return, for each secret, the text that stands for it where a file names it. */
  public SequencedMap<String, String> variables() {
    SequencedMap<String, String> variables = new LinkedHashMap<>();
    secrets.keySet().forEach(name -> variables.put(name, new SecretReference(name).text()));
    return variables;
  }

  /** Say why a notification must not be sent; empty if it may. */
  public Optional<String> refusal(HookTarget target) {
    return hookHosts
        .refusal(target)
        .or(
            () ->
                target.secrets().stream()
                    .filter(name -> !secrets.containsKey(name))
                    .findFirst()
                    .map(name -> "the project grants its runs no secret " + name));
  }
}
