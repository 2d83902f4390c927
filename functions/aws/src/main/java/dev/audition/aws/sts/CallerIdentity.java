package dev.audition.aws.sts;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Whose the credentials are; nobody needs a permission to ask.
 *
 * @param account twelve digits
 * @param arn of the user or the role's session
 */
public record CallerIdentity(String account, String arn) {
  /**
   * Ask.
   *
   * @throws CloudException if there are no credentials, or they are not taken
   */
  public static CallerIdentity of(AwsAccess access) {
    try (StsClient client = access.client(StsClient.builder())) {
      GetCallerIdentityResponse answer = client.getCallerIdentity(request -> {});
      return new CallerIdentity(answer.account(), answer.arn());
    } catch (SdkException e) {
      throw CloudException.of("ask whose the credentials are", e);
    }
  }
}
