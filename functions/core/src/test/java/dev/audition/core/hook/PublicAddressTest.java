package dev.audition.core.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PublicAddressTest {
  private static byte[] bytes(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal).getAddress();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700:4700::1111",
        "2a00:1450:4001:81b::200e",
        "2001:200::1",
        "3fff:1000::1"
      })
  void addressesOfTheInternetPass(String literal) throws UnknownHostException {
    assertThat(PublicAddress.objection(bytes(literal))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "0.0.0.0, this network",
    "0.255.255.255, this network",
    "10.0.0.0, a private network",
    "10.255.255.255, a private network",
    "100.64.0.0, a carrier's shared address space",
    "100.127.255.255, a carrier's shared address space",
    "127.0.0.1, this machine",
    "127.255.255.255, this machine",
    "169.254.169.254, an instance's metadata",
    "169.254.170.2, a link-local address",
    "172.16.0.0, a private network",
    "172.31.255.255, a private network",
    "192.0.0.8, a protocol's own address",
    "192.0.2.1, documentation",
    "192.88.99.1, a relay that is gone",
    "192.168.0.0, a private network",
    "192.168.255.255, a private network",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "198.51.100.7, documentation",
    "203.0.113.7, documentation",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, a reserved address",
    "255.255.255.255, a reserved address",
    "::, no address at all",
    "::1, this machine",
    "::7f00:1, a reserved address",
    "64:ff9b:1::1, a reserved address",
    "100::1, a reserved address",
    "2001::1, a tunnel",
    "2001:1::1, a protocol's own address",
    "2001:db8::1, documentation",
    "2002:7f00:1::, a tunnel",
    "3fff::1, documentation",
    "4000::1, a reserved address",
    "fc00::1, a private network",
    "fd00:ec2::254, a private network",
    "fe80::1, a link-local address",
    "febf:ffff::1, a link-local address",
    "fec0::1, a reserved address",
    "ff02::1, multicast",
    "64:ff9b::a9fe:a9fe, an instance's metadata",
    "64:ff9b::a00:1, a private network"
  })
  void allOthersAreNamed(String literal, String what) throws UnknownHostException {
    assertThat(PublicAddress.objection(bytes(literal))).contains(what);
  }

  /** The JDK turns these into IPv4 addresses by itself; other resolvers do not. */
  @ParameterizedTest
  @CsvSource({
    "7f000001, this machine",
    "a9fea9fe, an instance's metadata",
    "0a000001, a private network",
    "64400001, a carrier's shared address space"
  })
  void mappedAddressesAreSeenThrough(String last, String what) {
    byte[] mapped = Arrays.copyOf(new byte[10], 16);
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    System.arraycopy(HexFormat.of().parseHex(last), 0, mapped, 12, 4);
    assertThat(PublicAddress.objection(mapped)).contains(what);
    System.arraycopy(new byte[] {1, 1, 1, 1}, 0, mapped, 12, 4);
    assertThat(PublicAddress.objection(mapped)).isEmpty();
  }

  @Test
  void anythingElseIsNoAddress() {
    assertThatThrownBy(() -> PublicAddress.objection(new byte[5]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 bytes");
  }
}
