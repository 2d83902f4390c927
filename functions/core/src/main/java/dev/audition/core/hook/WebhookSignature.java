package dev.audition.core.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs a message as the Standard Webhooks specification says: HMAC-SHA256 over {@code
 * <id>.<timestamp>.<body>}, in Base64, with the scheme {@code v1} in front.
 */
public final class WebhookSignature {
  /** The header of the delivery's id. */
  public static final String ID_HEADER = "webhook-id";

  /** The header of the moment it was sent at, in seconds since 1970. */
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";

  /** The header of the signature. */
  public static final String SIGNATURE_HEADER = "webhook-signature";

  private static final String ALGORITHM = "HmacSHA256";
  private static final String ENCODED_SECRET = "whsec_";

  private WebhookSignature() {}

  /**
   * Return the value of the signature's header.
   *
   * @param secret as the receiver has it: the key in Base64 after {@code whsec_}, or any other text
   * @param body the very bytes that are sent
   * @throws IllegalArgumentException if the secret is empty, or not Base64 where it must be; the
   *     message does not hold it
   */
  public static String of(String secret, String id, Instant timestamp, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key(secret), ALGORITHM));
      mac.update((id + "." + timestamp.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
      return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(ALGORITHM + ": missing (expected: in every runtime)", e);
    }
  }

  private static byte[] key(String secret) {
    byte[] key;
    try {
      key =
          secret.startsWith(ENCODED_SECRET)
              ? Base64.getDecoder().decode(secret.substring(ENCODED_SECRET.length()))
              : secret.getBytes(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new IllegalArgumentException(
          "the secret begins with whsec_ and what follows is not Base64");
    }
    if (key.length == 0) {
      throw new IllegalArgumentException("the secret is empty");
    }
    return key;
  }
}
