package dev.audition.core.compose;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;

class CandidateMergeTest {
  private static ServiceConfig merged(String base, String candidate) {
    ComposeResult result =
        new ComposeFiles()
            .readStep(
                """
                composition:
                  services:
                    app:
                %s
                    other: {image: other}
                  volumes: {v: , w: }
                composition_candidates:
                  app:
                %s
                """
                    .formatted(base.indent(6), candidate.indent(4)));
    assertThat(ComposeFiles.refusals(result)).isEmpty();
    return ComposeFiles.service(result, "app");
  }

  @Test
  void theCandidatesImageWinsAndTheBaseCommandStays() {
    ServiceConfig app = merged("image: one\ncommand: run", "image: two");
    assertThat(app.find(ServiceKey.IMAGE)).contains("two");
    assertThat(app.find(ServiceKey.COMMAND)).contains(new Command(List.of("run")));
  }

  @Test
  void environmentAndLabelsAreUnitedAlsoByEmptyValues() {
    ServiceConfig app =
        merged(
            "image: x\nenvironment: [A=1, B=b=b]\nlabels: {l: base, m: base}",
            "environment: {A: '', C: 3}\nlabels: [l=candidate]");
    assertThat(app.get(ServiceKey.ENVIRONMENT, none()))
        .isEqualTo(Map.of("A", "", "B", "b=b", "C", "3"));
    assertThat(app.get(ServiceKey.LABELS, none())).isEqualTo(Map.of("l", "candidate", "m", "base"));
  }

  private static SequencedMap<String, String> none() {
    return new LinkedHashMap<>();
  }

  @Test
  void volumesAreUnitedBySourceAndTargetTheCandidatesFirst() {
    ServiceConfig app = merged("image: x\nvolumes: [v:/a, v:/b]", "volumes: [w:/a, 'v:/b:ro']");
    assertThat(app.get(ServiceKey.VOLUMES, List.of()))
        .extracting(mount -> mount.source() + mount.target() + mount.readOnly())
        .containsExactly("w/afalse", "v/btrue", "v/afalse");
  }

  @Test
  void portsAreUnitedAndTheSameOneComesOnce() {
    ServiceConfig app = merged("image: x\nports: [80, '8080:81']", "ports: ['80', 82]");
    assertThat(app.get(ServiceKey.PORTS, List.of()))
        .extracting(PortMapping::port)
        .containsExactly(80, 82, 81);
  }

  @Test
  void everyOtherKeyIsReplacedAsAWhole() {
    ServiceConfig app =
        merged(
            "image: x\ndepends_on: [other]\nlinks: [other]\nhealthcheck: {test: a, retries: 3}",
            "depends_on: []\nhealthcheck: {test: b}");
    assertThat(app.get(ServiceKey.DEPENDS_ON, new LinkedHashMap<>())).isEmpty();
    assertThat(app.get(ServiceKey.LINKS, List.of())).hasSize(1);
    Healthcheck check = Objects.requireNonNull(app.find(ServiceKey.HEALTHCHECK).orElse(null));
    assertThat(check.test()).containsExactly("CMD-SHELL", "b");
    assertThat(check.retries()).isNull();
  }

  @Test
  void falseAndZeroOfTheCandidateWin() {
    ServiceConfig app = merged("image: x\ntty: true\nscale: 1", "tty: false\nscale: 0");
    assertThat(app.find(ServiceKey.TTY)).contains(false);
    assertThat(app.find(ServiceKey.SCALE)).contains(0);
  }

  @Test
  void aBuiltBaseIsNotBuiltForACandidateWithAnImage() {
    ServiceConfig app = merged("build: .", "image: two");
    assertThat(app.find(ServiceKey.BUILD)).isEmpty();
  }

  @Test
  void environmentOfTheBaseWinsOverAnEnvFileOfTheCandidate() {
    ComposeResult result =
        new ComposeFiles()
            .file("c.env", "A=file\nB=file")
            .readStep(
                """
                composition: {services: {app: {image: x, environment: [A=base]}}}
                composition_candidates: {app: {env_file: c.env}}
                """);
    assertThat(ComposeFiles.service(result, "app").get(ServiceKey.ENVIRONMENT, none()))
        .isEqualTo(Map.of("A", "base", "B", "file"));
  }

  @Test
  void aCandidateOfAnotherNameIsAddedAndNeedsAnImage() {
    ComposeResult result =
        new ComposeFiles()
            .readStep(
                """
                composition: {services: {db: {image: db}}}
                composition_candidates: {one: {image: x, depends_on: [db]}, two: {command: y}}
                """);
    assertThat(ComposeFiles.service(result, "one").find(ServiceKey.IMAGE)).contains("x");
    assertThat(ComposeFiles.refusals(result))
        .singleElement()
        .asString()
        .contains("\"two\" has neither");
  }
}
