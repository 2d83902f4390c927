package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SocketTableTest {
  private static final String TABLE =
      """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout
         0: 0100007F:1538 00000000:0000 0A 00000000:00000000 00:00000000 00000000   999        0 1
         1: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 2
         2: 0200A8C0:0016 0300A8C0:D431 01 00000000:00000000 00:00000000 00000000     0        0 3
        sl  local_address                         remote_address                        st
         0: 00000000000000000000000000000000:18EB 00000000000000000000000000000000:0000 0A 0 0
         1: 00000000000000000000000001000000:0CEA 00000000000000000000000000000000:0000 0A 0 0
         2: 0000000000000000FFFF00000100007F:0050 00000000000000000000000000000000:0000 0A 0 0
      """;

  @Test
  void onlyListenersCount() {
    assertThat(SocketTable.parse(TABLE).anywhere())
        .containsExactlyInAnyOrder(5432, 8080, 6379, 3306, 80);
  }

  @Test
  void loopbackIsNotOutside() {
    assertThat(SocketTable.parse(TABLE).outside()).containsExactlyInAnyOrder(8080, 6379);
  }

  @Test
  void whatIsNoTableHasNoListeners() {
    assertThat(SocketTable.parse("cat: /proc/net/tcp: No such file or directory\n\n").anywhere())
        .isEmpty();
  }
}
