package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.diagnostic.Category;
import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

class FreestyleStepsTest {
  private static Asked unit(String keys) {
    return Asked.steps("unit: {image: 'alpine:3', " + keys + "}");
  }

  private static ServiceConfig unit(Asked asked) {
    return container(asked.read(), "unit");
  }

  private static ServiceConfig container(Asked.Answer answer, String step) {
    Step.CompositionStep read = answer.composition(step);
    assertThat(read.candidates()).hasSize(1);
    ServiceConfig service = read.composition().services().get(read.candidates().getFirst());
    if (service == null) {
      throw new AssertionError("the candidate is no service: " + read);
    }
    return service;
  }

  private static List<String> words(ServiceConfig service, boolean entrypoint) {
    return service
        .find(entrypoint ? ServiceKey.ENTRYPOINT : ServiceKey.COMMAND)
        .orElseThrow()
        .words();
  }

  @Test
  void isACandidateAlone() {
    Asked.Answer answer = unit("commands: [ls]").read();
    assertThat(answer.project().diagnostics()).isEmpty();
    assertThat(answer.composition("unit").candidates()).containsExactly("unit");
    assertThat(container(answer, "unit").find(ServiceKey.IMAGE)).contains("alpine:3");
  }

  @Test
  void joinsCommandsToAScriptThatEndsWithTheFirstFailure() {
    ServiceConfig service =
        unit(unit("commands: ['echo $HOME ${X:-y} $$ ${{V}}', \"a\\nb\"]").var("V", "v$Z"));
    assertThat(words(service, true)).containsExactly("sh", "-c");
    assertThat(words(service, false)).containsExactly("set -e\necho $HOME ${X:-y} $$ v$Z\na\nb");
  }

  @Test
  void warnsOfWhatACommandCannotHandOnToLaterSteps() {
    assertThat(
            unit("commands: ['cf_export A=1', 'echo x > /codefresh/volume/marker']")
                .read()
                .warnings())
        .containsExactly(
            "codefresh.yml:3:40: steps.unit.commands: cf_export hands variables to later steps,"
                + " which is not done yet; the command is not found when the step runs. Give what"
                + " later steps need with --var NAME=VALUE.",
            "codefresh.yml:3:57: steps.unit.commands: files in /codefresh/volume/marker are seen"
                + " by this step only: of the volume, /codefresh/volume/Shop is shared between"
                + " steps. Let steps hand files on below /codefresh/volume/Shop.");
    assertThat(unit("commands: ['cat ${{CF_VOLUME_PATH}}/report']").read().warnings()).hasSize(1);
    assertThat(unit("commands: ['cat $CF_VOLUME_PATH/Shop/report']").read().warnings()).isEmpty();
  }

  @Test
  void runsCommandsInTheShellItNames() {
    assertThat(words(unit(unit("shell: bash, commands: [ls]")), true))
        .containsExactly("bash", "-c");
  }

  @Test
  void handsCmdToTheImagesEntryPoint() {
    ServiceConfig service = unit(unit("cmd: [ls, '-la $HOME']"));
    assertThat(words(service, false)).containsExactly("ls", "-la $HOME");
    assertThat(service.find(ServiceKey.ENTRYPOINT)).isEmpty();
    assertThat(words(unit(unit("cmd: 'ls -la'")), false)).containsExactly("ls", "-la");
  }

  @Test
  void keepsTheImagesCommandWhereItHasNone() {
    ServiceConfig service = unit(unit("title: x"));
    assertThat(service.find(ServiceKey.COMMAND)).isEmpty();
    assertThat(service.find(ServiceKey.ENTRYPOINT)).isEmpty();
  }

  @Test
  void refusesCmdBesideCommandsAndShellWithoutThem() {
    assertThat(unit("cmd: ls, commands: [ls]").read().refusals())
        .containsExactly(
            "codefresh.yml:3:29: steps.unit.cmd: cmd and commands exclude each other. Keep"
                + " commands.");
    assertThat(unit("shell: bash").read().refusals())
        .containsExactly(
            "codefresh.yml:3:29: steps.unit.shell: shell needs commands to run in it. Add"
                + " commands.");
  }

  @Test
  void refusesACommandThatYamlReadsAsAMapping() {
    assertThat(unit("commands: ['a', {echo: x}]").read().refusals())
        .containsExactly(
            "codefresh.yml:3:45: steps.unit.commands: is a mapping (expected: a command). Put"
                + " quotes around a command that holds \": \" or begins with a brace.");
  }

  @Test
  void worksInTheCloneUnlessItSaysOtherwise() {
    assertThat(unit(unit("commands: [ls]")).find(ServiceKey.WORKING_DIR))
        .contains("/codefresh/volume/Shop");
    assertThat(unit(unit("working_directory: tests/it")).find(ServiceKey.WORKING_DIR))
        .contains("/codefresh/volume/Shop/tests/it");
    assertThat(unit(unit("working_directory: '${{main_clone}}/a'")).find(ServiceKey.WORKING_DIR))
        .contains("/codefresh/volume/Shop/a");
    assertThat(unit(unit("working_directory: /app")).find(ServiceKey.WORKING_DIR)).contains("/app");
    assertThat(unit(unit("working_directory: IMAGE_WORK_DIR")).find(ServiceKey.WORKING_DIR))
        .isEmpty();
  }

  @Test
  void hasThePipelinesVolume() {
    assertThat(unit(unit("commands: [ls]")).find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::type, VolumeMount::source, VolumeMount::target)
        .containsExactly(
            Tuple.tuple(VolumeMount.Type.VOLUME, Workspace.VOLUME_NAME, "/codefresh/volume"));
  }

  @Test
  void mountsPartsOfThePipelinesVolume() {
    Asked.Answer answer = unit("volumes: ['./Shop/reports:/out', './cache:/root/.m2']").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(container(answer, "unit").find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::type, VolumeMount::source, VolumeMount::target)
        .contains(
            Tuple.tuple(VolumeMount.Type.BIND, "/ws/reports", "/out"),
            Tuple.tuple(VolumeMount.Type.VOLUME, "", "/root/.m2"));
    assertThat(answer.notes())
        .containsExactly(
            "codefresh.yml:3:62: steps.unit.volumes: /codefresh/volume/cache is not part of the"
                + " clone and starts empty");
  }

  @Test
  void refusesVolumesWithoutAPath() {
    assertThat(unit("volumes: [data]").read().refusals()).hasSize(1);
    assertThat(unit("volumes: ['${{V:x}}']").var("V:x", "y").read().refusals()).hasSize(1);
  }

  @Test
  void hasThePipelinesVariablesAndItsOwnInItsEnvironment() {
    Asked.Answer answer =
        unit("environment: ['A=$HOME=${{B}}', B, CI=false, 'X=y z']")
            .var("B", "b$")
            .git("CF_REVISION", "abc")
            .caller("SECRET_OF_THE_CALLER", "x")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(container(answer, "unit").find(ServiceKey.ENVIRONMENT).orElseThrow())
        .containsEntry("A", "$HOME=b$")
        .containsEntry("B", "b$")
        .containsEntry("CI", "false")
        .containsEntry("X", "y z")
        .containsEntry("CF_REVISION", "abc")
        .containsEntry("CF_STEP_NAME", "unit")
        .containsEntry("CF_VOLUME_PATH", "/codefresh/volume")
        .containsEntry("CF_REPO_NAME", "Shop")
        .doesNotContainKey("SECRET_OF_THE_CALLER");
  }

  @Test
  void refusesAnEnvironmentThatIsAMapping() {
    assertThat(unit("environment: {A: 1}").read().refusals())
        .singleElement()
        .asString()
        .contains("(expected: a list of NAME=value)");
  }

  @Test
  void warnsOfANameWithoutValue() {
    Asked.Answer answer = unit("environment: [NOBODY_KNOWS]").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings()).singleElement().asString().contains("\"NOBODY_KNOWS\" gives no");
  }

  @Test
  void runsBesideTheServicesOfTheStep() {
    Asked.Answer answer =
        Asked.steps(
                """
                db:
                  image: '${{app}}'
                  commands: ['npm test $HOST']
                  services:
                    version: '3.0'
                    composition:
                      db: {image: 'postgres:16', ports: [5432], environment: ['P=$PASSWORD']}
                    composition_variables: [PASSWORD=x]
                app: {type: build}
                """)
            .read();
    assertThat(answer.refusals()).isEmpty();
    Step.CompositionStep step = answer.composition("db");
    assertThat(step.composition().services()).containsOnlyKeys("db", "db-2");
    assertThat(step.candidates()).containsExactly("db-2");
    assertThat(step.composition().services().values())
        .first()
        .extracting(service -> service.find(ServiceKey.ENVIRONMENT).orElseThrow().get("P"))
        .isEqualTo("x");
    assertThat(words(container(answer, "db"), false)).containsExactly("set -e\nnpm test $HOST");
  }

  @Test
  void runsBesideTheServicesOfAFile() {
    Asked.Answer answer =
        unit("services: {composition: docker-compose.yml}")
            .beside("docker-compose.yml", "version: '3'\nservices: {cache: {image: redis}}")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.composition("unit").composition().services())
        .containsOnlyKeys("cache", "unit");
    assertThat(unit("services: {composition: none.yml}").read().refused())
        .containsExactly(Category.MISSING_FILE);
    assertThat(unit("services: {version: '3'}").read().refusals())
        .singleElement()
        .asString()
        .contains("a step's services need a composition");
  }

  @Test
  void isNamedAsComposeAllows() {
    assertThat(
            Asked.steps("'Run the tests: (all)': {image: alpine}")
                .read()
                .composition("Run the tests: (all)")
                .candidates())
        .containsExactly("Run-the-tests-all-");
    assertThat(FreestyleSteps.serviceName("試験", List.of())).isEqualTo("step");
  }

  @Test
  void refusesAStepWithoutImage() {
    assertThat(Asked.steps("unit: {commands: [ls]}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:3: steps.unit.image: a step without a type is a freestyle step, and"
                + " needs an image. Add image: NAME:TAG.");
    assertThat(Asked.steps("unit: {composition: {}}").read().refusals())
        .singleElement()
        .asString()
        .endsWith("Write type: composition if it is one.");
  }

  @Test
  void warnsOfUnknownKeys() {
    assertThat(unit("command: ls").read().warnings())
        .containsExactly(
            "codefresh.yml:3:29: steps.unit.command: a freestyle step has no such key, and it has"
                + " no effect. Did you mean commands?");
  }
}
