package dev.audition.core.compose;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * Services, volumes and settings, read, merged and checked; what compose-go calls a project.
 *
 * <p>Holds only the services that its profiles select. Every reference between services points to
 * one that is there.
 */
public record Composition(
    SequencedMap<String, ServiceConfig> services,
    SequencedMap<String, VolumeConfig> volumes,
    AuditionSettings settings) {
  public Composition {
    services = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(services));
    volumes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(volumes));
  }
}
