package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.ContainerDefinition;
import dev.audition.core.testkit.ContainerDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AddressInUseTest {
  private final ContainerDefinition api = ContainerDraft.of("api", "api:1").build();
  private final ContainerDefinition web = ContainerDraft.of("web", "web:1").ports(80, 8080).build();
  private final ContainerDefinition db = ContainerDraft.of("db", "db:1").ports(5432).build();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nginx: [emerg] bind() to 0.0.0.0:8080 failed (98: Address in use)",
        "Error: listen EADDRINUSE: address already in use :::8080",
        "2026/11/20 10:00:00 listen tcp :8080: bind: address already in use",
        "OSError: [Errno 98] Address already in use: ('0.0.0.0', 8080)",
        "Could not bind to port 8080: Address already in use."
      })
  void listenerOnThePortOfTheMessageIsNamed(String line) {
    assertThat(AddressInUse.reason(api, List.of("starting", line), List.of(db, web)))
        .contains("port 8080")
        .contains("\"web\"");
  }

  @Test
  void ownPortIsTakenWhereTheMessageHasNone() {
    ContainerDefinition other = ContainerDraft.of("db2", "db:1").ports(5432).build();

    assertThat(
            AddressInUse.reason(
                other,
                List.of("LOG: could not bind IPv4 address: Address already in use"),
                List.of(web, db)))
        .contains("port 5432")
        .contains("\"db\"");
  }

  @Test
  void unknownListenerIsStillAReason() {
    assertThat(AddressInUse.reason(api, List.of("bind: address already in use"), List.of(db)))
        .startsWith("AddressInUse: ")
        .contains("another container");
  }

  @Test
  void otherEndsHaveNoSuchReason() {
    assertThat(AddressInUse.reason(api, List.of("panic: 8080 is a number"), List.of(web)))
        .isEmpty();
  }
}
