package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import java.net.URI;

/** Access as the stand-ins want it: any keys will do. */
public final class LocalAccess {
  /** The region that all of them play. */
  public static final String REGION = "eu-central-1";

  /** The access key id that all of them take. */
  public static final String ACCESS_KEY_ID = "local";

  /** The secret access key that all of them take. */
  public static final String SECRET_ACCESS_KEY = "local-secret";

  private LocalAccess() {}

  /** Return access to one of them. */
  public static AwsAccess at(URI endpoint) {
    return AwsAccess.withKeys(REGION, ACCESS_KEY_ID, SECRET_ACCESS_KEY).at(endpoint);
  }
}
