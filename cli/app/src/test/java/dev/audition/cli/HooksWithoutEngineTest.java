package dev.audition.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import dev.audition.core.tree.TreeNode.Sequence;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hooks of a run that is refused: no engine is needed to send them. */
class HooksWithoutEngineTest {
  /** Nobody says whose exit code decides. */
  private static final String REFUSED =
      """
      services: {a: {image: 'a:1'}, b: {image: 'b:1'}}
      x-audition:
        hooks:
          on_success: {notify: {webhook: 'https://never.example'}}
          on_fail: {notify: {webhook: {url: '${URL}?key=1', secret: KEY}}}
          on_finish:
            notify: {slack: {url_from: CHANNEL}}
            annotations: {set: [{annotations: [{suite: api}]}]}
      """;

  @TempDir Path folder;
  private final Receiver receiver = new Receiver();
  private Place place = new Place(Path.of(""), Map.of());

  @BeforeEach
  void goThere() {
    place =
        Place.in(folder)
            .with("URL", receiver.url())
            .with("KEY", "top secret")
            .with("CHANNEL", receiver.url());
    String _ = place.file("compose.yaml", REFUSED);
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private static List<Mapping> hooks(String json) {
    Mapping document = (Mapping) JsonReader.read(json, "stdout");
    return ((Sequence) document.find("hooks").orElseThrow())
        .items().stream().map(Mapping.class::cast).toList();
  }

  private static String text(Mapping mapping, String key) {
    return ((Scalar) mapping.find(key).orElseThrow()).text();
  }

  @Test
  void aRefusedRunTellsOfItselfSignedAndInOrder() {
    CommandRun run = place.type("run", folder.toString(), "--allow-private-hooks", "--json");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(receiver.received()).hasSize(2);
    Receiver.Received first = receiver.received().getFirst();
    assertThat(first.id()).endsWith("/0/on_fail/1");
    assertThat(first.signedWith("top secret")).isTrue();
    assertThat(first.signedWith("another")).isFalse();
    assertThat(first.body()).contains("\"verdict\":\"REFUSED\"");
    assertThat(receiver.received().getLast().body()).startsWith("{\"text\":\"REFUSED compose.yaml");
    assertThat(hooks(run.out()))
        .extracting(hook -> text(hook, "hook") + " " + text(hook, "state"))
        .containsExactly("on_fail delivered", "on_finish delivered");
    assertThat(place.type("show").out())
        .contains("on_fail", "delivered", "answered 204", "suite", "api")
        .doesNotContain("top secret", "key=1");
  }

  @Test
  void withoutBeingAskedNothingIsSentToThisMachine() {
    CommandRun run = place.type("run", folder.toString(), "--json");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(receiver.received()).isEmpty();
    assertThat(hooks(run.out()))
        .extracting(hook -> text(hook, "state") + ": " + text(hook, "detail"))
        .containsOnly("failed: only https is posted to");
    assertThat(run.err()).contains("only https is posted to");
  }

  @Test
  void switchedOffNothingIsSentAndAnnotationsStay() {
    CommandRun run =
        place.type("run", folder.toString(), "--no-hooks", "--allow-private-hooks", "--json");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(receiver.received()).isEmpty();
    assertThat(hooks(run.out())).isEmpty();
  }

  @Test
  void aReceiverThatIsBusyIsAskedAgainUnderTheSameIdAndTheVerdictIsToldBefore() {
    receiver.busy(1);
    CommandRun run = place.type("run", folder.toString(), "--allow-private-hooks");
    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(receiver.received().stream().map(Receiver.Received::id).distinct()).hasSize(2);
    assertThat(receiver.received()).hasSize(3);
    assertThat(run.err()).containsSubsequence("REFUSED", "delivered after 2 tries");
  }

  @Test
  void aSecretThatIsNotSetIsSaidByName() {
    Place without = Place.in(folder).with("URL", receiver.url());
    CommandRun run = without.type("run", folder.toString(), "--allow-private-hooks");
    assertThat(run.err())
        .contains("there is no variable or secret KEY here")
        .contains("there is no variable or secret CHANNEL here");
    assertThat(receiver.received()).isEmpty();
  }

  @Test
  void aPlanListsThemWithoutAnythingSecret() {
    CommandRun plan = place.type("plan", folder.toString());
    assertThat(plan.out())
        .contains("hooks", "run  on_fail", receiver.url() + ", signed with KEY")
        .contains("the URL in CHANNEL")
        .doesNotContain("key=1", "top secret");
    assertThat(place.type("plan", folder.toString(), "--json").out())
        .contains("\"hook\"", "\"target\"")
        .doesNotContain("key=1", "top secret");
    assertThat(receiver.received()).isEmpty();
  }
}
