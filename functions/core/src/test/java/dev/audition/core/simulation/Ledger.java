package dev.audition.core.simulation;

/** What the control plane is billed for. */
final class Ledger {
  private final Figures figures;
  private final Figures operations;
  double writeUnits;
  double readUnits;
  long messages;
  long functionCalls;
  double functionSeconds;

  Ledger(Figures figures) {
    this.figures = figures;
    this.operations = figures.object("operations");
  }

  void write(String operation) {
    writeUnits += operations.number(operation);
  }

  void writes(double units) {
    writeUnits += units;
  }

  void reads(double units) {
    readUnits += units;
  }

  double stateKilobytes() {
    return operations.number("stateKilobytes");
  }

  void call(String seconds) {
    functionCalls++;
    functionSeconds += figures.object("functions").number(seconds);
  }

  void launches(int count) {
    functionSeconds += count * figures.object("functions").number("launchSeconds");
  }

  void message() {
    messages++;
  }

  double queueRequests() {
    return messages * figures.number("queueRequestsPerMessage");
  }

  /** Return dollars. */
  double cost() {
    Figures prices = figures.object("prices");
    return writeUnits * prices.number("writeUnit")
        + readUnits * prices.number("readUnit")
        + queueRequests() * prices.number("queueRequest")
        + functionCalls * prices.number("functionRequest")
        + functionSeconds
            * figures.object("functions").number("gigabytes")
            * prices.number("functionGigabyteSecond");
  }
}
