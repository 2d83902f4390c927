package dev.audition.core.run.admission;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Severity;
import dev.audition.core.run.CapacityPool;
import dev.audition.core.run.Ticket;
import java.util.Optional;

/**
 * What the account allows, as the deployment was told.
 *
 * @param onDemandCpuUnits 1024 are one vCPU; accounts begin with 6 vCPUs
 * @param spotCpuUnits a quota of its own
 */
public record Quotas(int onDemandCpuUnits, int spotCpuUnits, LaunchRate launchRate) {
  /** One vCPU. */
  public static final int VCPU = 1024;

  /** Return the same number of vCPUs on demand and on Spot, and the launch rate of Fargate. */
  public static Quotas ofVcpus(int vcpus) {
    return new Quotas(vcpus * VCPU, vcpus * VCPU, LaunchRate.FARGATE);
  }

  /** Return the CPU units of a pool. */
  public int of(CapacityPool pool) {
    return switch (pool) {
      case ON_DEMAND -> onDemandCpuUnits;
      case SPOT -> spotCpuUnits;
    };
  }

  /** Return why a run can never be admitted; empty if it can. */
  public Optional<Diagnostic> refusal(Ticket ticket) {
    int quota = of(ticket.pool());
    if (ticket.cpuUnits() <= quota) {
      return Optional.empty();
    }
    return Optional.of(
        new Diagnostic(
            Severity.REFUSAL,
            Category.SIZE,
            null,
            "",
            "the run needs %s at one time, and the account may use %s (quota %s, \"%s\")"
                .formatted(
                    Ticket.vcpus(ticket.cpuUnits()),
                    Ticket.vcpus(quota),
                    ticket.pool().quotaCode(),
                    ticket.pool().quotaName()),
            "Ask for more under Service Quotas, AWS Fargate, and then set the stack's VcpuQuota;"
                + " or give the services less CPU and memory."));
  }
}
