package dev.audition.core.hook;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells addresses of the public internet from all others. What is not known to be public is not.
 *
 * <p>Source: the special-purpose address registries of IANA (RFC 6890 and its successors).
 */
public final class PublicAddress {
  private static final int V4_BYTES = 4;
  private static final int V6_BYTES = 16;
  private static final int BYTE_BITS = 8;
  private static final int BYTE = 0xff;

  /** A range and what it is for. */
  private static final class Range {
    private final byte[] prefix;
    private final int bits;
    private final String what;

    Range(byte[] prefix, int bits, String what) {
      this.prefix = prefix;
      this.bits = bits;
      this.what = what;
    }

    String what() {
      return what;
    }

    boolean holds(byte[] address) {
      for (int bit = 0; bit < bits; bit += BYTE_BITS) {
        int index = bit / BYTE_BITS;
        int free = Math.max(0, BYTE_BITS - (bits - bit));
        int mask = (BYTE << free) & BYTE;
        if ((address[index] & mask) != (prefix[index] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  private static final List<Range> V4 =
      List.of(
          v4(8, "this network", 0),
          v4(8, "a private network", 10),
          v4(10, "a carrier's shared address space", 100, 64),
          v4(8, "this machine", 127),
          v4(32, "an instance's metadata", 169, 254, 169, 254),
          v4(16, "a link-local address", 169, 254),
          v4(12, "a private network", 172, 16),
          v4(24, "a protocol's own address", 192, 0, 0),
          v4(24, "documentation", 192, 0, 2),
          v4(24, "a relay that is gone", 192, 88, 99),
          v4(16, "a private network", 192, 168),
          v4(15, "benchmarks", 198, 18),
          v4(24, "documentation", 198, 51, 100),
          v4(24, "documentation", 203, 0, 113),
          v4(4, "multicast", 224),
          v4(4, "a reserved address", 240));

  /** Of what lies in the one global range, that which is special. */
  private static final List<Range> V6 =
      List.of(
          v6(32, "a tunnel", 0x20, 0x01, 0, 0),
          v6(23, "a protocol's own address", 0x20, 0x01, 0, 0),
          v6(32, "documentation", 0x20, 0x01, 0x0d, 0xb8),
          v6(16, "a tunnel", 0x20, 0x02),
          v6(20, "documentation", 0x3f, 0xff, 0));

  private static final Range V6_GLOBAL = v6(3, "the public internet", 0x20);
  private static final Range V6_MAPPED =
      v6(96, "IPv4 in IPv6", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff);
  private static final Range V6_TRANSLATED =
      v6(96, "IPv4 behind a translator", 0, 0x64, 0xff, 0x9b);
  private static final List<Range> V6_LOCAL =
      List.of(
          v6(128, "this machine", 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1),
          v6(128, "no address at all", 0),
          v6(7, "a private network", 0xfc),
          v6(10, "a link-local address", 0xfe, 0x80),
          v6(8, "multicast", 0xff));

  private PublicAddress() {}

  private static Range v4(int bits, String what, int... prefix) {
    return range(V4_BYTES, bits, what, prefix);
  }

  private static Range v6(int bits, String what, int... prefix) {
    return range(V6_BYTES, bits, what, prefix);
  }

  private static Range range(int length, int bits, String what, int... prefix) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < prefix.length; i++) {
      bytes[i] = (byte) prefix[i];
    }
    return new Range(bytes, bits, what);
  }

  /**
   * Say what an address is for if it is not one of the public internet; empty if it is.
   *
   * @param address 4 or 16 bytes
   */
  public static Optional<String> objection(byte[] address) {
    return switch (address.length) {
      case V4_BYTES -> first(V4, address);
      case V6_BYTES -> v6Objection(address);
      default ->
          throw new IllegalArgumentException(
              "address: %d bytes (expected: 4 or 16)".formatted(address.length));
    };
  }

  private static Optional<String> v6Objection(byte[] address) {
    if (V6_MAPPED.holds(address) || V6_TRANSLATED.holds(address)) {
      return objection(Arrays.copyOfRange(address, V6_BYTES - V4_BYTES, V6_BYTES));
    }
    if (!V6_GLOBAL.holds(address)) {
      return first(V6_LOCAL, address).or(() -> Optional.of("a reserved address"));
    }
    return first(V6, address);
  }

  private static Optional<String> first(List<Range> ranges, byte[] address) {
    return ranges.stream().filter(range -> range.holds(address)).map(Range::what).findFirst();
  }
}
