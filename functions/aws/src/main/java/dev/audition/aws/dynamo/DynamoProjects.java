package dev.audition.aws.dynamo;

import dev.audition.aws.AwsAccess;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.Grants;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What projects grant, from the table: one item a project, {@code project#<name>}, which people
 * write (by {@link DynamoGrants}, or as docs/deploy.md shows one) and nothing else removes. Whoever
 * can write the table decides; those who ask for runs cannot.
 */
public final class DynamoProjects implements ProjectGrants {
  private final DynamoDbClient client;
  private final String table;

  /** Make one for a table. */
  public DynamoProjects(AwsAccess access, String table) {
    this.client = access.client(DynamoDbClient.builder());
    this.table = table;
  }

  @Override
  public Grants of(String project) {
    Map<String, AttributeValue> item = GrantsItem.load(client, table, project);
    if (item.isEmpty()) {
      return Grants.NONE;
    }
    ListedGrants listed = GrantsItem.read(item);
    if (!listed.problems().isEmpty()) {
      throw new UnreadableGrantsException(project, listed.problems());
    }
    return listed.grants();
  }
}
