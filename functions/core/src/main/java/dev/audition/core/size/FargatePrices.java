package dev.audition.core.size;

import java.time.Duration;
import java.time.YearMonth;

/**
 * What Fargate costs, in US dollars, on demand, for Linux in us-east-1.
 *
 * <p>Source: the Fargate price list, in the month {@link #AS_OF}. Billed by the second from the
 * beginning of the image pull to the end of the task, at least one minute. Storage beyond 20 GiB,
 * traffic and public addresses cost extra and are not counted.
 */
public final class FargatePrices {
  /** The month the prices are of. */
  public static final YearMonth AS_OF = YearMonth.of(2026, 10);

  /** The region the prices are of; others differ by up to half. */
  public static final String REGION = "us-east-1";

  /** The least that is billed. */
  public static final Duration MINIMUM = Duration.ofMinutes(1);

  private static final Rate X86 = new Rate(0.000011244, 0.000001235);
  private static final Rate ARM = new Rate(0.0000089944, 0.0000009889);

  private FargatePrices() {}

  /** Dollars a second, for one vCPU and for one GiB. */
  private record Rate(double vcpu, double gibibyte) {
    double perSecond(TaskSize size) {
      return size.cpuUnits() / 1024.0 * vcpu + size.memoryMiB() / 1024.0 * gibibyte;
    }
  }

  /**
   * Return the dollars one minute of a task costs, which is also the least it can cost.
   *
   * @param architecture {@code arm64}, or anything else for x86
   */
  public static double perMinute(TaskSize size, String architecture) {
    return cost(size, architecture, MINIMUM);
  }

  /**
   * Return the dollars a task costs.
   *
   * @param architecture {@code arm64}, or anything else for x86
   * @param billed from the beginning of the image pull to the end; less than a minute counts as one
   */
  public static double cost(TaskSize size, String architecture, Duration billed) {
    Duration counted = billed.compareTo(MINIMUM) < 0 ? MINIMUM : billed;
    Rate rate = architecture.equals("arm64") ? ARM : X86;
    return rate.perSecond(size) * counted.toMillis() / 1000.0;
  }
}
