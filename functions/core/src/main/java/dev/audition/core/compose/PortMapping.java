package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/**
 * One port of a container; ranges are already spread out.
 *
 * @param port 1 to 65535, inside of the container
 * @param protocol {@code tcp} or {@code udp}
 * @param published what was written for the host, such as {@code 8080} or {@code 127.0.0.1:8080};
 *     empty if nothing was
 */
public record PortMapping(int port, String protocol, String published, SourceLocation location) {}
