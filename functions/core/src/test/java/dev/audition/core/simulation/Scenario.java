package dev.audition.core.simulation;

/**
 * One account and what it is asked for.
 *
 * @param vcpus what the deployment was told of each quota
 * @param accountVcpus what the account really gives
 */
record Scenario(String name, int vcpus, int accountVcpus, int spotPercent, double arrivalSeconds) {
  static Scenario of(Figures figures) {
    return new Scenario(
        figures.text("name"),
        figures.whole("vcpus"),
        figures.whole("accountVcpus"),
        figures.whole("spotPercent"),
        figures.number("arrivalSeconds"));
  }
}
