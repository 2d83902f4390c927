package dev.audition.aws.dynamo;

import dev.audition.core.task.Grants;
import java.util.List;

/**
 * What is listed for a project.
 *
 * @param grants as far as it can be understood; nothing of it counts while there are problems
 * @param problems each with the part of the entry it is about; in words that hold nothing secret
 */
public record ListedGrants(String project, Grants grants, List<String> problems) {
  public ListedGrants {
    problems = List.copyOf(problems);
  }
}
