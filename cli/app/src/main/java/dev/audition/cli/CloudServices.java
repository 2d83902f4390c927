package dev.audition.cli;

import dev.audition.aws.AwsAccess;

/** How the services of an account are asked, each by the name that the SDK's variables have. */
@FunctionalInterface
interface CloudServices {
  /**
   * Return access to a service.
   *
   * @param service as in {@code AWS_ENDPOINT_URL_<SERVICE>}: {@code DYNAMODB}, {@code SQS}, {@code
   *     CLOUDWATCH_LOGS}, ...
   */
  AwsAccess of(String service);
}
