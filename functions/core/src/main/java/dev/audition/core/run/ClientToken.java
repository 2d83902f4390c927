package dev.audition.core.run;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What makes a launch happen once, however often it is asked for: a hash of the attempt and the
 * try. RunTask takes at most 64 characters.
 */
public record ClientToken(String value) {
  /** Return the token of a try; the same for the same arguments for ever. */
  public static ClientToken of(TaskKey key, int tryNumber) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] hash =
          digest.digest((key.startedBy() + "/" + tryNumber).getBytes(StandardCharsets.UTF_8));
      return new ClientToken(HexFormat.of().formatHex(hash));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256: missing (expected: in every Java runtime)", e);
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
