package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * How an image is built.
 *
 * @param context absolute path of a folder, or a URL
 * @param dockerfile path inside of the context, or absolute; null for {@code Dockerfile}
 * @param dockerfileInline the Dockerfile's text, if it stands in the compose file
 * @param arguments build arguments with values
 * @param target the stage to stop at; null for the last
 */
public record BuildConfig(
    String context,
    @Nullable String dockerfile,
    @Nullable String dockerfileInline,
    SequencedMap<String, String> arguments,
    @Nullable String target,
    SourceLocation location) {
  public BuildConfig {
    arguments = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(arguments));
  }
}
