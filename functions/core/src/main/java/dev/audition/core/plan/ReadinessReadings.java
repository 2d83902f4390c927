package dev.audition.core.plan;

import java.util.List;

/** One line for each service that is dialled because somebody waits for it. */
final class ReadinessReadings {
  private ReadinessReadings() {}

  static void write(
      List<Draft> drafts,
      PortReading.Ports ports,
      Readiness readiness,
      Gates gates,
      Findings findings) {
    for (Draft draft : drafts) {
      boolean awaited =
          drafts.stream()
              .flatMap(other -> gates.of(other).stream())
              .anyMatch(gate -> gate.service().equals(draft.name()));
      Listening listening = readiness.listening(draft);
      if (listening != null && awaited) {
        findings.reading(dialled(draft, ports, listening));
      }
      if (awaited && listening == null && readiness.health(draft) == null) {
        findings.unknown(draft, "when it is ready: its HEALTHCHECK and EXPOSE");
      }
    }
  }

  private static String dialled(Draft draft, PortReading.Ports ports, Listening listening) {
    List<String> evidence =
        ports.decisive(draft).stream()
            .map(port -> "%d (%s)".formatted(port.port(), port.evidence()))
            .toList();
    return "%s: ready when it accepts a connection on port %s; after %s those that wait start all the same"
        .formatted(draft.name(), String.join(" or ", evidence), Words.duration(listening.limit()));
  }
}
