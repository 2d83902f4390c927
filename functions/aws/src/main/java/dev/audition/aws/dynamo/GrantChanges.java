package dev.audition.aws.dynamo;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * Changes of what a project grants; what is not named stays.
 *
 * @param secrets by the project's names
 * @param registries by their hosts
 * @param hookHosts hosts that hooks may or may no longer be posted to
 * @param taskRole the ARN of the role; empty text for none any more, nothing for the one it is
 */
public record GrantChanges(
    Entries secrets, Entries registries, Hosts hookHosts, Optional<String> taskRole) {
  /**
   * Changes of entries with a name and an ARN.
   *
   * @param set names to ARNs; in place of what they stood for
   */
  public record Entries(SequencedMap<String, String> set, List<String> removed) {
    public Entries {
      set = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(set));
      removed = List.copyOf(removed);
    }

    boolean none() {
      return set.isEmpty() && removed.isEmpty();
    }
  }

  /** Changes of a list of hosts. */
  public record Hosts(List<String> added, List<String> removed) {
    public Hosts {
      added = List.copyOf(added);
      removed = List.copyOf(removed);
    }

    boolean none() {
      return added.isEmpty() && removed.isEmpty();
    }
  }

  /** Return whether everything stays. */
  public boolean none() {
    return secrets.none() && registries.none() && hookHosts.none() && taskRole.isEmpty();
  }
}
