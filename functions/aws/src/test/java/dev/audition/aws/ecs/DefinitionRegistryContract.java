package dev.audition.aws.ecs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What every {@link DefinitionRegistry} promises. */
public interface DefinitionRegistryContract {
  /** A hash as ours are. */
  String HASH = "0123456789abcdef0123456789abcdef";

  /** An ARN of a definition. */
  String ARN = "arn:aws:ecs:eu-central-1:123456789012:task-definition/audition-it-1-0123:1";

  /** Return a registry that remembers nothing. */
  DefinitionRegistry definitions();

  @Test
  default void whatIsRememberedIsFound() {
    DefinitionRegistry definitions = definitions();
    definitions.put(HASH, ARN);
    assertThat(definitions.find(HASH)).contains(ARN);
    assertThat(definitions.remembers(HASH)).isTrue();
  }

  @Test
  default void whatNobodyRegisteredIsNotKnown() {
    DefinitionRegistry definitions = definitions();
    definitions.put(HASH, ARN);
    String other = HASH.replace('0', '1');
    assertThat(definitions.find(other)).isEmpty();
    assertThat(definitions.remembers(other)).isFalse();
  }

  @Test
  default void aLaterOneOfTheSameHashTakesItsPlace() {
    DefinitionRegistry definitions = definitions();
    definitions.put(HASH, ARN);
    definitions.put(HASH, ARN.replace(":1", ":2"));
    assertThat(definitions.find(HASH)).contains(ARN.replace(":1", ":2"));
  }

  @Test
  default void whatIsForgottenIsNotKnownAndForgettingAgainDoesNoHarm() {
    DefinitionRegistry definitions = definitions();
    definitions.put(HASH, ARN);
    definitions.forget(HASH);
    definitions.forget(HASH);
    assertThat(definitions.find(HASH)).isEmpty();
    assertThat(definitions.remembers(HASH)).isFalse();
  }
}
