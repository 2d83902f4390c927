package dev.audition.cli;

import picocli.CommandLine.Option;

/** How output looks. */
final class OutputOptions {
  @Option(names = "--no-color", description = "No colours (as does the variable NO_COLOR)")
  boolean noColor;
}
