/** Files of runs on S3. May use the core and the SDK's S3 client. */
@NullMarked
package dev.audition.aws.s3;

import org.jspecify.annotations.NullMarked;
