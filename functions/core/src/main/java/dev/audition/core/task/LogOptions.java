package dev.audition.core.task;

/**
 * Where the containers' output goes: CloudWatch Logs, in the stream {@code
 * <prefix>/<container>/<task id>}.
 *
 * @param createGroup whether the group is made if it is not there; the execution role must allow it
 */
public record LogOptions(String group, String region, String streamPrefix, boolean createGroup) {}
