package dev.audition.core.plan;

/**
 * One container waits for another.
 *
 * @param service the name of the service that is waited for
 * @param reason one line that says where this comes from, such as {@code depends_on in
 *     compose.yml:12:7} or {@code candidates wait for every service}
 */
public record Gate(String service, GateCondition condition, String reason) {}
