package dev.audition.local.runtime;

import dev.audition.local.docker.DockerEngine;

/** What all tasks of a runtime share. */
record RuntimeParts(
    DockerEngine engine,
    Images images,
    RuntimeSettings settings,
    EventFeed events,
    PeakMemory memory,
    Creations creations) {}
