package dev.audition.core.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FargateSizesTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0, 256, 512",
    "1, 512, 256, 512",
    "256, 513, 256, 1024",
    "256, 1025, 256, 2048",
    "256, 2049, 512, 3072",
    "257, 100, 512, 1024",
    "512, 4097, 1024, 5120",
    "1024, 100, 1024, 2048",
    "2000, 9000, 2048, 9216",
    "4096, 30720, 4096, 30720",
    "4096, 30721, 8192, 32768",
    "8192, 61441, 16384, 65536",
    "16384, 122880, 16384, 122880",
    "16385, 1, 32768, 61440",
    "1, 122881, 32768, 249856",
  })
  void smallestForADemand(int cpu, int memory, int chosenCpu, int chosenMemory) {
    assertThat(FargateSizes.smallestFor(cpu, memory))
        .contains(new TaskSize(chosenCpu, chosenMemory));
  }

  @Test
  void noneHoldsMoreThanTheLargest() {
    assertThat(FargateSizes.largest()).isEqualTo(new TaskSize(32768, 249856));
    assertThat(FargateSizes.smallestFor(32769, 1)).isEmpty();
    assertThat(FargateSizes.smallestFor(1, 249857)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "256, 512, true", "256, 3072, false", "512, 512, false", "1024, 8192, true",
    "8192, 17408, false", "8192, 20480, true", "16384, 36864, false", "32768, 122880, true",
    "32768, 65536, false", "300, 1024, false"
  })
  void soldOrNot(int cpu, int memory, boolean sold) {
    assertThat(FargateSizes.allows(new TaskSize(cpu, memory))).isEqualTo(sold);
  }

  @Test
  void theSmallestIsTheCheapest() {
    for (TaskSize size : FargateSizes.all()) {
      assertThat(FargateSizes.smallestFor(size.cpuUnits(), size.memoryMiB())).contains(size);
      double least =
          FargateSizes.all().stream()
              .filter(
                  other ->
                      other.cpuUnits() >= size.cpuUnits() && other.memoryMiB() >= size.memoryMiB())
              .mapToDouble(other -> FargatePrices.perMinute(other, "amd64"))
              .min()
              .orElseThrow();
      assertThat(FargatePrices.perMinute(size, "amd64")).isEqualTo(least).isPositive();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "256, 512, 10, 0.00021, 0.00016",
    "512, 1024, 90, 0.00062, 0.00049",
    "1024, 2048, 180, 0.00247, 0.00197",
    "2048, 4096, 600, 0.01646, 0.01317",
    "4096, 8192, 600, 0.03291, 0.02633",
  })
  void costsByTheSecondAndAtLeastAMinute(int cpu, int memory, int seconds, double x86, double arm) {
    TaskSize size = new TaskSize(cpu, memory);
    Duration billed = Duration.ofSeconds(seconds);
    assertThat(FargatePrices.cost(size, "amd64", billed)).isCloseTo(x86, within(0.00001));
    assertThat(FargatePrices.cost(size, "arm64", billed)).isCloseTo(arm, within(0.00001));
  }
}
