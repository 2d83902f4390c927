package dev.audition.core.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.request.CancelRequestReader.Outcome;
import dev.audition.core.run.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CancelRequestReaderTest {
  @ParameterizedTest
  @ValueSource(strings = {"", "the branch is gone"})
  void whatIsWrittenIsRead(String reason) {
    CancelRequest request = new CancelRequest(new RunId("r-1"), "audition cancel", reason);
    assertThat(CancelRequestReader.read(request.write())).isEqualTo(new Outcome.Accepted(request));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"schema\": 2, \"cancel\": \"r-1\"} | schema: this version",
        "{\"schema\": 1, \"cancel\": \"../r\"} | cancel: \"../r\" is not what is taken here",
        "{\"schema\": 1, \"cancel\": \"r-1\", \"runId\": \"r-2\"} | \"runId\": there is no such"
            + " field",
        "{\"schema\": 1, \"cancel\": \"r-1\", \"by\": 7} | by: ",
      })
  void whatMeansToBeOneAndIsNotIsToldWhy(String text, String reason) {
    assertThat(CancelRequestReader.read(text))
        .isInstanceOfSatisfying(
            Outcome.Rejected.class, no -> assertThat(no.reasons()).contains(reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no json with \"cancel\" in it",
        "{\"schema\": 1, \"runId\": \"cancel\"}",
        "[\"cancel\"]"
      })
  void everythingElseIsSomethingElse(String text) {
    assertThat(CancelRequestReader.read(text)).isEqualTo(new Outcome.SomethingElse());
  }

  @Test
  void nobodyByNameIsAMessage() {
    assertThat(CancelRequestReader.read("{\"schema\": 1, \"cancel\": \"r-1\"}"))
        .isEqualTo(new Outcome.Accepted(new CancelRequest(new RunId("r-1"), "a message", "")));
  }
}
