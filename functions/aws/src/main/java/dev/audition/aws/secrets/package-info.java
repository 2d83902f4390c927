/** Values from Secrets Manager. May use the SDK's client for it. */
@NullMarked
package dev.audition.aws.secrets;

import org.jspecify.annotations.NullMarked;
