package dev.audition.core.run;

/** One of the account's quotas of vCPUs; a run takes all it needs from one of them. */
public enum CapacityPool {
  /** Fargate on demand. */
  ON_DEMAND("on-demand", "L-3032A538", "Fargate On-Demand vCPU resource count"),
  /** Fargate Spot: cheaper, and may be taken away. */
  SPOT("spot", "L-36FBB829", "Fargate Spot vCPU resource count");

  private static final int PERCENT = 100;

  /** 2^32 over the golden ratio: spreads ids that differ in their last letter only. */
  private static final int SPREAD = 0x9E3779B9;

  private final String label;
  private final String quotaCode;
  private final String quotaName;

  CapacityPool(String label, String quotaCode, String quotaName) {
    this.label = label;
    this.quotaCode = quotaCode;
    this.quotaName = quotaName;
  }

  /**
   * Return the pool of a run: always the same for the same run and share.
   *
   * @param spotPercent how many of a hundred runs go to Spot
   */
  public static CapacityPool of(RunId run, int spotPercent) {
    int place = Integer.remainderUnsigned((run.value().hashCode() * SPREAD) >>> 8, PERCENT);
    return place < spotPercent ? SPOT : ON_DEMAND;
  }

  /** Return its name for people. */
  public String label() {
    return label;
  }

  /** Return the quota's code in Service Quotas. */
  public String quotaCode() {
    return quotaCode;
  }

  /** Return the quota's name in Service Quotas. */
  public String quotaName() {
    return quotaName;
  }
}
