package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.audition.handlers.template.TemplateFile;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Holds what the functions take for granted of their deployment to {@code template.yaml}. */
class DeploymentTest {
  private final TemplateFile template = TemplateFile.read();

  /** An empty environment that notes what it is asked for. */
  private static final class Asked extends HashMap<String, String> {
    private static final long serialVersionUID = 1L;

    private final SortedSet<String> names = new TreeSet<>();

    @Override
    public String getOrDefault(Object name, String otherwise) {
      names.add((String) name);
      return otherwise;
    }

    @Override
    public String get(Object name) {
      names.add((String) name);
      throw new AssertionError(name + " is read without saying what holds if it is missing");
    }
  }

  @Test
  void functionsReadTheVariablesOfTheTemplateAllOfThem() {
    Asked environment = new Asked();
    assertThatThrownBy(() -> FunctionSettings.of(environment))
        .isInstanceOf(IllegalStateException.class);
    SortedSet<String> read = environment.names;
    read.removeIf(name -> name.startsWith("AWS_")); // Lambda's own

    assertThat(template.environment().keys()).containsExactlyInAnyOrderElementsOf(read);
  }

  @Test
  void everyHandlerOfTheTemplateIsAClassWithThatMethod() throws Exception {
    for (String function : template.resources("AWS::Serverless::Function")) {
      String[] handler = template.property(function, "Handler").split("::", 2);

      assertThat(Class.forName(handler[0]).getConstructor()).isNotNull();
      assertThat(Class.forName(handler[0]).getMethods())
          .as(function)
          .extracting(method -> method.getName())
          .contains(handler[1]);
    }
  }

  @Test
  void whatTheTemplateGivesIsUnderstood() {
    Map<String, String> environment = new HashMap<>();
    template.environment().keys().forEach(name -> environment.put(name, "1"));
    environment.put("AWS_REGION", "eu-central-1");
    environment.put("AUDITION_TASK_ROLE", "");

    assertThat(FunctionSettings.of(environment).taskRole()).isEmpty();
  }
}
