package dev.audition.core.compose;

import dev.audition.core.diagnostic.SourceLocation;

/**
 * A secret or config as a file in a container.
 *
 * @param name the top-level entry's name
 * @param source absolute path of the file behind it; empty if {@code content} holds it
 * @param content the text, for {@code content:} and {@code environment:} entries
 * @param target absolute path inside of the container
 */
public record FileMount(
    String name, String source, String content, String target, SourceLocation location) {}
