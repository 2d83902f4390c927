package dev.audition.cli.render;

import dev.audition.aws.dynamo.ListedGrants;
import dev.audition.core.task.Grants;
import dev.audition.core.tree.JsonWriter;
import dev.audition.core.tree.Tree;
import dev.audition.core.tree.Tree.MappingBuilder;
import dev.audition.core.tree.TreeNode;
import java.util.List;

/** What projects grant, as a table or as JSON: names and ARNs, never a value. */
public final class GrantsText {
  private GrantsText() {}

  /**
   * Render one line for each thing that is granted.
   *
   * @param none what is said where nothing is
   */
  public static List<String> lines(List<ListedGrants> listed, Style style, String none) {
    if (listed.isEmpty()) {
      return List.of(none);
    }
    TextTable table = new TextTable();
    table.row(style.dim("project"), style.dim("grants"), style.dim("name"), style.dim("which is"));
    listed.forEach(one -> rows(one, style, table));
    return table.lines("");
  }

  private static void rows(ListedGrants one, Style style, TextTable table) {
    String project = one.project();
    one.grants().secrets().forEach((name, arn) -> table.row(project, "secret", name, arn));
    one.grants().registries().forEach((host, arn) -> table.row(project, "registry", host, arn));
    one.grants().hookHosts().patterns().forEach(host -> table.row(project, "hook host", host));
    if (!one.grants().taskRole().isEmpty()) {
      table.row(project, "role", "", one.grants().taskRole());
    }
    if (one.grants().equals(Grants.NONE) && one.problems().isEmpty()) {
      table.row(project, "nothing");
    }
    one.problems()
        .forEach(
            problem ->
                table.row(project, style.red("problem"), "", "refuses all runs: " + problem));
  }

  /** Render one document. */
  public static List<String> json(String stack, List<ListedGrants> listed) {
    return List.of(
        JsonWriter.writePretty(
            Tree.mapping()
                .putText("stack", stack)
                .putList("projects", listed.stream().map(GrantsText::project).toList())
                .build()));
  }

  private static TreeNode project(ListedGrants one) {
    MappingBuilder json =
        Tree.mapping()
            .putText("project", one.project())
            .put("secrets", Tree.texts(one.grants().secrets()))
            .put("registries", Tree.texts(one.grants().registries()))
            .putTexts("hookHosts", one.grants().hookHosts().patterns())
            .putText("taskRole", one.grants().taskRole());
    if (!one.problems().isEmpty()) {
      json.putTexts("problems", one.problems());
    }
    return json.build();
  }
}
