package dev.audition.local;

import dev.audition.core.run.Progress;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How one run is run.
 *
 * @param keep leave containers, networks and volumes for a look inside; {@link Auditions#remove}
 *     removes them
 * @param waitTeardown return only when everything is removed (or, with {@code keep}, stopped)
 * @param timeout {@code --timeout}: the deadline of the whole run, beside those of its steps; null
 *     for none
 * @param listener told what happens, from several threads
 * @param hooks what is done about notifications
 */
public record RunOptions(
    boolean keep,
    boolean waitTeardown,
    @Nullable Duration timeout,
    Progress.Listener listener,
    HookOptions hooks) {}
