package dev.audition.local;

import java.nio.file.Path;

/**
 * The output of one container, as a file.
 *
 * @param startedBy the task's {@code <run id>/<step number>/<task number>/<attempt>}
 * @param containerName its name in the task definition; unique in the task
 * @param service the user's name for it
 */
public record LogFile(String startedBy, String containerName, String service, Path path) {}
