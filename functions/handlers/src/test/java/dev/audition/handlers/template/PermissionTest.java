package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every statement of the template is needed, and every need has its statement. */
class PermissionTest {
  private final TemplateFile template = TemplateFile.read();
  private final Permissions permissions = new Permissions();
  private final RolePolicies policies = new RolePolicies(template);

  @ParameterizedTest
  @ValueSource(
      strings = {"RunRequestFunction", "TaskEventFunction", "SweepFunction", "HookFunction"})
  void functionMayDoWhatItsCallsNeedAndNothingElse(String function) {
    String role = TemplateFile.referred(template.functionProperty(function, "Role"));
    String handler = simpleName(template.property(function, "Handler"));
    String logs = template.property(function, "LoggingConfig", "LogGroup").replace("!Ref ", "");
    String queue =
        template
            .queueSource(function)
            .map(source -> Nodes.text(Nodes.get(source, "Queue")))
            .orElse("none");

    assertThat(policies.allowed(role))
        .as("%s, %s", TemplateFile.NAME, role)
        .containsExactlyElementsOf(
            permissions.needed(
                role,
                permissions.calls(handler),
                Map.of("own-logs", "!GetAtt " + logs + ".Arn", "own-queue", queue)));
  }

  @Test
  void ecsMayDoWhatStartingTasksTakesAndNothingElse() {
    assertThat(policies.allowed("ExecutionRole"))
        .containsExactlyElementsOf(permissions.needed("ExecutionRole", new TreeSet<>(), Map.of()));
  }

  @Test
  void noRoleIsLeftOut() {
    assertThat(template.resources(TemplateFile.ROLE))
        .containsExactlyInAnyOrder(
            "RunRequestRole", "TaskEventRole", "SweepRole", "HookRole", "ExecutionRole");
    assertThat(permissions.handlers())
        .containsExactlyInAnyOrderElementsOf(
            template.resources(TemplateFile.FUNCTION).stream()
                .map(function -> simpleName(template.property(function, "Handler")))
                .toList());
  }

  @Test
  void everyNeedIsOfACallThatSomeHandlerMakes() {
    SortedSet<String> made = new TreeSet<>();
    permissions.handlers().forEach(handler -> made.addAll(permissions.calls(handler)));

    assertThat(permissions.known()).containsExactlyElementsOf(made);
  }

  @Test
  void whatNoCallShowsSaysWhyItIsNeeded() {
    assertThat(permissions.outOfReach())
        .allSatisfy(row -> assertThat(Nodes.text(Nodes.get(row, "because"))).isNotBlank());
    assertThat(permissions.implied())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(Nodes.text(Nodes.get(row, "because"))).isNotBlank());
  }

  @Test
  void rolesAreTakenOnlyByTheServicesTheyAreFor() {
    for (String role : template.resources(TemplateFile.ROLE)) {
      List<String> services =
          Nodes.items(template.properties(role), "AssumeRolePolicyDocument", "Statement").stream()
              .map(statement -> Nodes.text(Nodes.get(statement, "Principal")))
              .toList();
      assertThat(services)
          .as(role)
          .containsExactly(
              role.equals("ExecutionRole")
                  ? "{Service: ecs-tasks.amazonaws.com}"
                  : "{Service: lambda.amazonaws.com}");
    }
  }

  @Test
  void onlyActionsThatKnowNoResourcesAreAllowedOnAnything() {
    SortedSet<String> onAnything = new TreeSet<>();
    for (String role : template.resources(TemplateFile.ROLE)) {
      for (Permission permission : policies.allowed(role)) {
        assertThat(permission.action()).as(role).doesNotContain("*");
        if (permission.resource().equals("*")) {
          onAnything.add(permission.action());
        }
      }
    }

    // Service authorization reference: these have no resource types that exist on Fargate.
    assertThat(onAnything)
        .containsExactly(
            "ecr:GetAuthorizationToken",
            "ecs:DeregisterTaskDefinition",
            "ecs:DescribeTaskDefinition",
            "ecs:ListTaskDefinitionFamilies",
            "ecs:ListTaskDefinitions",
            "ecs:ListTasks");
  }

  private static String simpleName(String handler) {
    return handler.replaceFirst("::.*$", "").replaceFirst("^.*\\.", "");
  }
}
