package dev.audition.cli;

import picocli.CommandLine.IVersionProvider;

/** The release, from the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"audition " + release()};
  }

  static String release() {
    String release = Version.class.getPackage().getImplementationVersion();
    return release == null ? "(unpacked)" : release;
  }
}
