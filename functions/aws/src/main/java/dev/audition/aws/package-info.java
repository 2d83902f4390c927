/**
 * Adapters on the AWS SDK, a package for each service: translate, call, translate back. The types
 * of the SDK never leave these packages.
 */
@NullMarked
package dev.audition.aws;

import org.jspecify.annotations.NullMarked;
