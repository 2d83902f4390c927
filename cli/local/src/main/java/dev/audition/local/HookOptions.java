package dev.audition.local;

import dev.audition.core.run.RunReport;
import dev.audition.core.run.port.HookSender;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is done about notifications.
 *
 * @param sender sends them; null if none is to be sent
 * @param patience how long the process stays for what is on its way when the verdict is known
 * @param atVerdict told of the verdict before that wait; not called where there is nothing to wait
 *     for
 */
public record HookOptions(
    @Nullable HookSender sender, Duration patience, Consumer<RunReport> atVerdict) {
  /** Send nothing. */
  public static final HookOptions NONE = new HookOptions(null, Duration.ZERO, _ -> {});
}
