package dev.audition.core.plan;

import dev.audition.core.compose.BuildConfig;

/**
 * An image to build before the containers start.
 *
 * @param name the service or step it is for
 * @param image the reference the result gets
 */
public record ImageBuild(String name, String image, BuildConfig build) {}
