/**
 * What registries say of images, by the OCI distribution API. May touch the core, the JDK's HTTP
 * client and the SDK's ECR client.
 */
@NullMarked
package dev.audition.aws.registry;

import org.jspecify.annotations.NullMarked;
