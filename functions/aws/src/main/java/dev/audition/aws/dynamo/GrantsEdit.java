package dev.audition.aws.dynamo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Makes changes in a project's item, and notes what cannot be done. What it does not change stays
 * as somebody wrote it, so that an item that cannot be understood can be mended part by part.
 */
final class GrantsEdit {
  private final Map<String, AttributeValue> item;
  private final List<String> problems = new ArrayList<>();

  /**
   * Begin.
   *
   * @param before as it is stored; empty if it is not
   */
  GrantsEdit(String project, Map<String, AttributeValue> before) {
    this.item = new HashMap<>(before);
    if (before.isEmpty()) {
      item.putAll(GrantsItem.key(project));
      item.put(TableLayout.SCHEMA, Attributes.number(GrantsItem.SCHEMA));
    }
  }

  /** Make changes. */
  GrantsEdit make(GrantChanges changes) {
    change(GrantsItem.SECRETS, changes.secrets());
    change(GrantsItem.REGISTRIES, changes.registries());
    change(changes.hookHosts());
    changes.taskRole().ifPresent(this::changeRole);
    return this;
  }

  /** Return what could not be done. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  /** Return the item as it is to be stored, even if nothing is granted any more. */
  Map<String, AttributeValue> item() {
    return Map.copyOf(item);
  }

  /** Return whether anything is granted. */
  boolean grantsAnything() {
    return GrantsItem.HELD.stream()
        .anyMatch(name -> !name.equals(TableLayout.SCHEMA) && item.containsKey(name));
  }

  private void change(String attribute, GrantChanges.Entries changes) {
    @Nullable AttributeValue value = item.get(attribute);
    if (changes.none() || (value != null && !value.hasM())) {
      return; // what is no map is told of when the item is read
    }
    Map<String, AttributeValue> entries = new HashMap<>(value == null ? Map.of() : value.m());
    for (String name : changes.removed()) {
      if (changes.set().containsKey(name)) {
        problems.add("%s.%s: is to be set and to be removed".formatted(attribute, name));
      } else if (entries.remove(name) == null) {
        missing(attribute, name, new TreeSet<>(entries.keySet()));
      }
    }
    changes.set().forEach((name, arn) -> entries.put(name, Attributes.text(arn)));
    put(attribute, AttributeValue.fromM(entries), entries.isEmpty());
  }

  private void change(GrantChanges.Hosts changes) {
    @Nullable AttributeValue value = item.get(GrantsItem.HOOK_HOSTS);
    Optional<List<String>> known = value == null ? Optional.of(List.of()) : GrantsItem.texts(value);
    if (changes.none() || known.isEmpty()) {
      return; // what is no list of texts is told of when the item is read
    }
    SequencedSet<String> hosts = new LinkedHashSet<>();
    known.get().forEach(host -> hosts.add(lower(host)));
    for (String host : changes.removed()) {
      if (changes.added().stream().anyMatch(host::equalsIgnoreCase)) {
        problems.add(
            "%s: %s is to be added and to be removed".formatted(GrantsItem.HOOK_HOSTS, host));
      } else if (!hosts.remove(lower(host))) {
        missing(GrantsItem.HOOK_HOSTS, host, hosts);
      }
    }
    changes.added().forEach(host -> hosts.add(lower(host)));
    put(
        GrantsItem.HOOK_HOSTS,
        AttributeValue.fromL(hosts.stream().map(Attributes::text).toList()),
        hosts.isEmpty());
  }

  private void changeRole(String arn) {
    if (arn.isEmpty() && !item.containsKey(GrantsItem.TASK_ROLE)) {
      problems.add(GrantsItem.TASK_ROLE + ": there is none to remove");
    }
    put(GrantsItem.TASK_ROLE, Attributes.text(arn), arn.isEmpty());
  }

  private void put(String attribute, AttributeValue value, boolean empty) {
    if (empty) {
      item.remove(attribute);
    } else {
      item.put(attribute, value);
    }
  }

  private void missing(String attribute, String name, SequencedSet<String> known) {
    problems.add(
        "%s: there is no %s to remove%s"
            .formatted(
                attribute,
                name,
                known.isEmpty() ? "" : " (there are: %s)".formatted(String.join(", ", known))));
  }

  private static String lower(String host) {
    return host.toLowerCase(Locale.ROOT);
  }
}
