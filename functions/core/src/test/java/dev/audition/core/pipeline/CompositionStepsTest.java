package dev.audition.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.compose.Composition;
import dev.audition.core.compose.ServiceConfig;
import dev.audition.core.compose.ServiceKey;
import dev.audition.core.compose.VolumeMount;
import dev.audition.core.diagnostic.Category;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompositionStepsTest {
  private static final String INTEGRATION =
      """
      it:
        type: composition
        composition:
          version: '2'
          services:
            db: {image: 'postgres:16', environment: [POSTGRES_PASSWORD=x]}
        composition_candidates:
          tests: {image: 'alpine:3', command: 'true'}
      """;

  private static Asked integration(String... keys) {
    StringBuilder text = new StringBuilder(INTEGRATION);
    for (String key : keys) {
      text.append(key.indent(2));
    }
    return Asked.steps(text.toString());
  }

  private static ServiceConfig service(Asked.Answer answer, String name) {
    Composition composition = answer.composition("it").composition();
    ServiceConfig service = composition.services().get(name);
    if (service == null) {
      throw new AssertionError("no service " + name + ": " + composition);
    }
    return service;
  }

  @Test
  void readsServicesAndCandidatesInPlace() {
    Asked.Answer answer = integration().read();
    assertThat(answer.project().diagnostics()).isEmpty();
    assertThat(answer.composition("it").candidates()).containsExactly("tests");
    assertThat(answer.composition("it").composition().services()).containsOnlyKeys("db", "tests");
    assertThat(service(answer, "tests").find(ServiceKey.IMAGE)).contains("alpine:3");
  }

  @Test
  void mergesACandidateOverTheServiceOfItsName() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition:
                    services:
                      test_service: {image: alpine, command: pwd, environment: [A=1, B=2]}
                  composition_candidates:
                    test_service: {image: 'other:2', environment: [B=3]}
                """)
            .read();
    assertThat(answer.refusals()).isEmpty();
    ServiceConfig merged = service(answer, "test_service");
    assertThat(merged.find(ServiceKey.IMAGE)).contains("other:2");
    assertThat(merged.find(ServiceKey.COMMAND).orElseThrow().words()).containsExactly("pwd");
    assertThat(merged.find(ServiceKey.ENVIRONMENT))
        .contains(new java.util.LinkedHashMap<>(Map.of("A", "1", "B", "3")));
  }

  @Test
  void candidatesMayWaitForServicesAndServicesForThem() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition:
                    services:
                      db: {image: redis}
                      report: {image: alpine, depends_on: [tests]}
                  composition-candidates:
                    tests: {image: alpine, depends_on: [db], links: [db]}
                """)
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(service(answer, "tests").find(ServiceKey.DEPENDS_ON).orElseThrow())
        .containsOnlyKeys("db");
  }

  @Test
  void substitutesInValuesAndKeysBeforeComposeReadsThem() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition:
                    services:
                      ${{NAME}}: {image: 'redis:${{TAG}}', command: 'echo $${X} $$Y ${{a.b}}'}
                  composition_candidates:
                    t: {image: alpine, environment: {'${{KEY}}': '${{EMPTY}}'}}
                """)
            .var("NAME", "cache")
            .var("TAG", "7")
            .var("a.b", "dotted")
            .var("KEY", "K")
            .var("EMPTY", "")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(service(answer, "cache").find(ServiceKey.IMAGE)).contains("redis:7");
    assertThat(service(answer, "cache").find(ServiceKey.COMMAND).orElseThrow().words())
        .containsExactly("echo", "${X}", "$Y", "dotted");
    assertThat(service(answer, "t").find(ServiceKey.ENVIRONMENT).orElseThrow())
        .containsEntry("K", "");
  }

  @Test
  void composeVariablesComeFromTheStepThenFromWhatIsGiven() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition:
                    services:
                      db:
                        image: redis
                        environment: ['U=$USER_NAME', 'V=${OTHER}', 'W=${TAG}', 'X=${GIVEN}', GIVEN]
                  composition_candidates: {t: {image: alpine}}
                  composition_variables: ['USER_NAME=ann', 'TAG=${{TAG}}']
                """)
            .var("USER_NAME", "weaker than the step's")
            .var("GIVEN", "seen")
            .caller("OTHER", "not seen")
            .git("OTHER", "not seen")
            .var("TAG", "7")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(service(answer, "db").find(ServiceKey.ENVIRONMENT).orElseThrow())
        .containsEntry("U", "ann")
        .containsEntry("V", "")
        .containsEntry("W", "7")
        .containsEntry("X", "seen")
        .containsEntry("GIVEN", "seen");
    assertThat(answer.warnings())
        .singleElement()
        .asString()
        .contains("OTHER")
        .endsWith(
            "Set it with --var OTHER=VALUE, or write a default: ${OTHER:-VALUE}. For every run:"
                + " NAME=VALUE in composition_variables.");
    assertThat(answer.variables())
        .containsEntry("USER_NAME", "ann from composition_variables")
        .containsEntry("GIVEN", "seen from --var")
        .containsEntry("OTHER", " from null");
  }

  @Test
  void refusesCompositionVariablesAsAMapping() {
    assertThat(integration("composition_variables: {A: 1}").read().refusals())
        .containsExactly(
            "codefresh.yml:11:28: steps.it.composition_variables: is a mapping (expected: a list of"
                + " NAME=value). Write \"- NAME=value\" for each.");
  }

  @Test
  void readsACompositionFromAFileSeenFromTheWorkingDirectory() {
    String step =
        """
        it:
          type: composition
          working_directory: '${{main_clone}}/deploy'
          composition: ./compose.yml
          composition_candidates: {t: {image: alpine}}
        """;
    Asked.Answer answer =
        Asked.steps(step)
            .beside(
                "deploy/compose.yml",
                "services: {db: {image: 'redis:${{TAG}}', volumes: ['./data:/data']}}")
            .var("TAG", "7")
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(service(answer, "db").find(ServiceKey.IMAGE)).contains("redis:7");
    assertThat(service(answer, "db").find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::type, VolumeMount::source)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(VolumeMount.Type.BIND, "/ws/deploy/data"));
  }

  @Test
  void refusesAFileThatIsNotThereNamingBothMeanings() {
    Asked.Answer answer =
        Asked.steps(
                "it: {type: composition, composition: my_stack, composition_candidates: {t: {image:"
                    + " a}}}")
            .read();
    assertThat(answer.refusals())
        .containsExactly(
            "codefresh.yml:3:40: steps.it.composition: \"my_stack\" is neither a stored composition"
                + " (none are kept on one machine) nor a file (my_stack is not there). Write the"
                + " composition in place, or the path of its file seen from working_directory.");
    assertThat(answer.refused()).containsExactly(Category.MISSING_FILE);
  }

  @Test
  void refusesAFileOutsideOfTheWorkspace() {
    assertThat(
            Asked.steps(
                    "it: {type: composition, composition: ../c.yml, composition_candidates: {t:"
                        + " {image: a}}}")
                .read()
                .refused())
        .containsExactly(Category.HOST_ACCESS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"''", "7", "[a]", "true"})
  void refusesACompositionThatIsNone(String written) {
    assertThat(
            Asked.steps(
                    "it: {type: composition, composition: "
                        + written
                        + ", composition_candidates: {t: {image: a}}}")
                .read()
                .refusals())
        .singleElement()
        .asString()
        .contains("(expected: a compose document, or the path of one)");
  }

  @Test
  void refusesAStepWithoutCompositionOrCandidates() {
    assertThat(Asked.steps("it: {type: composition}").read().refusals())
        .containsExactly(
            "codefresh.yml:3:3: steps.it.composition: a composition step needs its services. Write"
                + " a compose document under composition, or the path of one.",
            "codefresh.yml:3:3: steps.it.composition_candidates: a composition step needs at least"
                + " one candidate, whose exit code decides. Write \"NAME: {image: ..., command:"
                + " ...}\" under composition_candidates.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{services: {}}", "{version: '2', volumes: {a: }}", "{services: }"})
  void refusesACompositionWithoutServices(String composition) {
    assertThat(
            Asked.steps(
                    "it: {type: composition, composition: "
                        + composition
                        + ", composition_candidates: {t: {image: a}}}")
                .read()
                .refusals())
        .singleElement()
        .asString()
        .contains("a composition has at least one service beside its candidates");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[t]", "null", "{t: image}"})
  void refusesCandidatesThatAreNone(String candidates) {
    assertThat(
            Asked.steps(
                    "it: {type: composition, composition: {services: {a: {image: a}}},"
                        + " composition_candidates: "
                        + candidates
                        + "}")
                .read()
                .refusals())
        .singleElement()
        .asString()
        .contains("steps.it.composition_candidates");
  }

  @Test
  void refusesKeysOfFreestyleStepsOnACandidate() {
    assertThat(
            Asked.steps(
                    "it: {type: composition, composition: {services: {a: {image: a}}},"
                        + " composition_candidates: {t: {image: a, commands: [a, b],"
                        + " working_directory: /x}}}")
                .read()
                .refusals())
        .containsExactly(
            "codefresh.yml:3:108: steps.it.composition_candidates.t.commands: is a key of freestyle"
                + " steps, not of compose, which a candidate is written in. Write one command: sh"
                + " -c \"first && second\".",
            "codefresh.yml:3:126: steps.it.composition_candidates.t.working_directory: is a key of"
                + " freestyle steps, not of compose, which a candidate is written in. Write"
                + " working_dir.");
  }

  @Test
  void thePipelinesVolumeIsThereByNameAndNeedNotBeDeclared() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition:
                    version: '2'
                    services:
                      a: {image: a, volumes: ['${{CF_VOLUME}}:/x']}
                    volumes:
                      ${{CF_VOLUME}}: {external: true}
                  composition_candidates:
                    t: {image: a, volumes: ['${{CF_VOLUME_NAME}}:${{CF_VOLUME_PATH}}']}
                """)
            .read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(service(answer, "a").find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::type, VolumeMount::source, VolumeMount::target)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                VolumeMount.Type.VOLUME, Workspace.VOLUME_NAME, "/x"));
    assertThat(service(answer, "t").find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::target)
        .containsExactly("/codefresh/volume");
  }

  @Test
  void mountsThePipelinesVolumeInCandidatesWhenAsked() {
    Asked.Answer answer = integration("add_flow_volume_to_composition: true").read();
    assertThat(service(answer, "tests").find(ServiceKey.VOLUMES).orElseThrow())
        .extracting(VolumeMount::source, VolumeMount::target)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Workspace.VOLUME_NAME, "/codefresh/volume"));
    assertThat(service(answer, "db").find(ServiceKey.VOLUMES)).isEmpty();
    assertThat(
            service(integration("add_flow_volume_to_composition: false").read(), "tests")
                .find(ServiceKey.VOLUMES))
        .isEmpty();
  }

  @Test
  void theStepsTimeoutWinsOverTheCompositionsOwn() {
    String step =
        "it: {type: composition%s, composition: {x-audition: {timeout: 5m}, services: {a: {image:"
            + " a}}}, composition_candidates: {t: {image: a}}}";
    assertThat(Asked.steps(step.formatted("")).read().step("it").options().timeout()).hasMinutes(5);
    assertThat(Asked.steps(step.formatted(", timeout: 2m")).read().step("it").options().timeout())
        .hasMinutes(2);
  }

  @Test
  void warnsOfUnknownKeysAndOfRegistryContext() {
    assertThat(
            integration(
                    "registry_context: gcr",
                    "registry_contexts: [a]",
                    "composition_variable: [A=1]")
                .read()
                .warnings())
        .containsExactly(
            "codefresh.yml:11:5: steps.it.registry_context: has no effect here: images are pulled"
                + " with the credentials that docker pull finds",
            "codefresh.yml:13:5: steps.it.composition_variable: a composition step has no such key,"
                + " and it has no effect. Did you mean composition_variables?");
  }

  @Test
  void everyRefusalOfComposeSaysWhichStepItIsIn() {
    Asked.Answer answer =
        Asked.steps(
                """
                it:
                  type: composition
                  composition: {services: {a: {image: a, imagee: b, network_mode: host}}}
                  composition_candidates: {t: {image: a}}
                """)
            .read();
    assertThat(answer.refusals())
        .isNotEmpty()
        .allMatch(line -> line.contains(": steps.it.composition.services.a."));
  }

  @Test
  void aFolderThatOnlyContainersHaveIsTheRootWithAWarning() {
    Asked.Answer answer = integration("working_directory: /app").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.warnings())
        .containsExactly(
            "codefresh.yml:11:5: steps.it.working_directory: /app is not in the workspace, whose"
                + " root is taken instead. Write a path seen from the root.");
  }

  @Test
  void stepsOfSeveralKindsKeepTheFilesOrder() {
    Asked.Answer answer =
        Asked.steps("app: {type: build}\n" + INTEGRATION + "last: {image: alpine}\n").read();
    assertThat(answer.refusals()).isEmpty();
    assertThat(answer.stepNames()).isEqualTo(List.of("app", "it", "last"));
  }
}
