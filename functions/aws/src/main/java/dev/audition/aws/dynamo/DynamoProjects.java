package dev.audition.aws.dynamo;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import dev.audition.core.hook.HookHosts;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.Grants;
import dev.audition.core.task.SecretReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * What projects grant, from the table: one item a project, {@code project#<name>}, which people
 * write (docs/deploy.md shows one) and nothing removes. Whoever can write the table decides; those
 * who ask for runs cannot.
 */
public final class DynamoProjects implements ProjectGrants {
  /** The sort key of a project's item. */
  static final String SORT = "grants";

  private static final int SCHEMA = 1;
  private static final String SECRETS = "secrets";
  private static final String REGISTRIES = "registries";
  private static final String HOOK_HOSTS = "hookHosts";
  private static final String TASK_ROLE = "taskRole";
  private static final Set<String> ATTRIBUTES =
      Set.of(
          TableLayout.PARTITION,
          TableLayout.SORT,
          TableLayout.SCHEMA,
          SECRETS,
          REGISTRIES,
          HOOK_HOSTS,
          TASK_ROLE);

  private static final Pattern SECRET_ARN =
      Pattern.compile("arn:[a-z-]+:secretsmanager:[a-z0-9-]+:\\d{12}:secret:.+");
  private static final Pattern ROLE_ARN = Pattern.compile("arn:[a-z-]+:iam::\\d{12}:role/.+");
  private static final Pattern REGISTRY = Pattern.compile("[a-z0-9.-]+(:\\d{1,5})?");

  private final DynamoDbClient client;
  private final String table;

  /** Make one for a table. */
  public DynamoProjects(AwsAccess access, String table) {
    this.client = access.client(DynamoDbClient.builder());
    this.table = table;
  }

  @Override
  public Grants of(String project) {
    Map<String, AttributeValue> item = item(project);
    if (item.isEmpty()) {
      return Grants.NONE;
    }
    Entry entry = new Entry(item, new ArrayList<>());
    Grants grants = entry.read();
    if (!entry.problems().isEmpty()) {
      throw new UnreadableGrantsException(project, entry.problems());
    }
    return grants;
  }

  private Map<String, AttributeValue> item(String project) {
    Map<String, AttributeValue> key =
        Map.of(
            TableLayout.PARTITION, Attributes.text("project#" + project),
            TableLayout.SORT, Attributes.text(SORT));
    try {
      return client.getItem(r -> r.tableName(table).key(key).consistentRead(true)).item();
    } catch (SdkException e) {
      throw CloudException.of("look up what the project " + project + " grants", e);
    }
  }

  /** Reads an item, and notes everything that is wrong with it: no value is ever repeated. */
  private record Entry(Map<String, AttributeValue> item, List<String> problems) {
    Grants read() {
      AttributeValue schema = item.get(TableLayout.SCHEMA);
      if (schema == null || !Integer.toString(SCHEMA).equals(schema.n())) {
        problems.add("schema: is not the number " + SCHEMA);
      }
      new TreeMap<>(item)
          .keySet().stream()
              .filter(name -> !ATTRIBUTES.contains(name))
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
                      "%s: \"%s\" is no name here (expected: %s)"
                          .formatted(attribute, name, names));
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
      boolean list = value.hasSs() || value.hasL();
      List<String> hosts =
          value.hasSs() ? value.ss() : value.l().stream().map(AttributeValue::s).toList();
      if (!list || hosts.stream().anyMatch(host -> host == null || !HookHosts.isPattern(host))) {
        problems.add(
            HOOK_HOSTS + ": is not a list of names such as ci.example.com or *.example.com");
        return HookHosts.NONE;
      }
      return new HookHosts(hosts);
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
  }

  private static boolean matches(AttributeValue value, Pattern pattern) {
    @Nullable String text = value.s();
    return text != null && pattern.matcher(text).matches();
  }
}
