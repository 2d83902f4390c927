package dev.audition.aws.dynamo;

import dev.audition.aws.CloudException;
import dev.audition.core.hook.HookHosts;
import dev.audition.core.task.Grants;
import dev.audition.core.task.SecretReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a project grants, as an item of the table: {@code project#<name>}. Reading notes everything
 * that is wrong with it; no value is ever repeated.
 */
record GrantsItem(Map<String, AttributeValue> item, List<String> problems) {
  /** What the partition of a project's item begins with. */
  static final String PARTITION = "project#";

  /** The sort key of a project's item. */
  static final String SORT = "grants";

  static final int SCHEMA = 1;
  static final String SECRETS = "secrets";
  static final String REGISTRIES = "registries";
  static final String HOOK_HOSTS = "hookHosts";
  static final String TASK_ROLE = "taskRole";

  /** What an item may hold beside its key. */
  static final List<String> HELD =
      List.of(TableLayout.SCHEMA, SECRETS, REGISTRIES, HOOK_HOSTS, TASK_ROLE);

  private static final Set<String> KEY = Set.of(TableLayout.PARTITION, TableLayout.SORT);
  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+");
  private static final Pattern ROLE_ARN = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/.+");
  private static final Pattern REGISTRY = Pattern.compile("[a-z0-9.-]+(:\\d{1,5})?");

  /** Return the key of a project's item. */
  static Map<String, AttributeValue> key(String project) {
    return Map.of(
        TableLayout.PARTITION, Attributes.text(PARTITION + project),
        TableLayout.SORT, Attributes.text(SORT));
  }

  /** Read what a project grants; empty if nobody has written it down. */
  static Map<String, AttributeValue> load(DynamoDbClient client, String table, String project) {
    try {
      return client.getItem(r -> r.tableName(table).key(key(project)).consistentRead(true)).item();
    } catch (SdkException e) {
      throw CloudException.of("look up what the project " + project + " grants", e);
    }
  }

  /** Return the texts of a set or list; nothing if it is none of these, or not of texts. */
  static Optional<List<String>> texts(AttributeValue value) {
    if (value.hasSs()) {
      return Optional.of(value.ss());
    }
    return value.hasL() && value.l().stream().allMatch(item -> item.s() != null)
        ? Optional.of(value.l().stream().map(AttributeValue::s).toList())
        : Optional.empty();
  }

  /** Read an item. */
  static ListedGrants read(Map<String, AttributeValue> item) {
    GrantsItem reading = new GrantsItem(item, new ArrayList<>());
    Grants grants = reading.grants();
    String project = Attributes.textOf(item, TableLayout.PARTITION).substring(PARTITION.length());
    return new ListedGrants(project, grants, reading.problems());
  }

  private Grants grants() {
    AttributeValue schema = item.get(TableLayout.SCHEMA);
    if (schema == null || !Integer.toString(SCHEMA).equals(schema.n())) {
      problems.add("schema: is not the number " + SCHEMA);
    }
    new TreeMap<>(item)
        .keySet().stream()
            .filter(name -> !KEY.contains(name) && !HELD.contains(name))
            .forEach(name -> problems.add(name + ": there is no such attribute"));
    SequencedMap<String, String> secrets =
        map(SECRETS, SecretReference::isName, "letters, digits, _, . and -");
    SequencedMap<String, String> registries =
        map(
            REGISTRIES,
            REGISTRY.asMatchPredicate(),
            "a host such as ghcr.io, docker.io for Docker Hub");
    return new Grants(secrets, registries, hosts(), role());
  }

  private SequencedMap<String, String> map(
      String attribute, Predicate<String> isName, String names) {
    SequencedMap<String, String> map = new LinkedHashMap<>();
    AttributeValue value = item.get(attribute);
    if (value == null) {
      return map;
    }
    if (!value.hasM()) {
      problems.add(attribute + ": is not a map (M)");
      return map;
    }
    new TreeMap<>(value.m())
        .forEach(
            (name, arn) -> {
              if (!isName.test(name)) {
                problems.add(
                    "%s: \"%s\" is no name here (expected: %s)".formatted(attribute, name, names));
              } else if (!matches(arn, SECRET_ARN)) {
                problems.add(
                    "%s.%s: is not the ARN of a secret in Secrets Manager"
                        .formatted(attribute, name));
              } else {
                map.put(name, arn.s());
              }
            });
    return map;
  }

  private HookHosts hosts() {
    AttributeValue value = item.get(HOOK_HOSTS);
    if (value == null) {
      return HookHosts.NONE;
    }
    Optional<List<String>> hosts = texts(value);
    if (hosts.isEmpty() || !hosts.get().stream().allMatch(HookHosts::isPattern)) {
      problems.add(HOOK_HOSTS + ": is not a list of names such as ci.example.com or *.example.com");
      return HookHosts.NONE;
    }
    return new HookHosts(hosts.get());
  }

  private String role() {
    AttributeValue value = item.get(TASK_ROLE);
    if (value == null) {
      return "";
    }
    if (!matches(value, ROLE_ARN)) {
      problems.add(TASK_ROLE + ": is not the ARN of a role");
      return "";
    }
    return value.s();
  }

  private static boolean matches(AttributeValue value, Pattern pattern) {
    @Nullable String text = value.s();
    return text != null && pattern.matcher(text).matches();
  }
}
