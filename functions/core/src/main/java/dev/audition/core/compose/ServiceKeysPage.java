package dev.audition.core.compose;

/** Renders the rows of {@link ServiceKeys} as a page of the documentation. */
final class ServiceKeysPage {
  private static final String HEAD =
      """
      # Compose keys

      What becomes of each key of a service. This page is made from the table that the reader works \
      by; to change it, change the table and run the tests with `-Dgolden.update=true`.

      - **kept**: means what the compose specification says
      - **emulated**: brought about in another way
      - **warned**: has no effect, and a warning says so
      - **ignored**: has no effect that matters, and a note says so
      - **refused**: the composition is refused, or is for some values

      *Merged* says how the value of a later file (`-f`, override file, `include`) or of an extending \
      service meets an earlier one. A pipeline's candidate meets the service of its name in another \
      way: `environment`, `labels`, `volumes` and `ports` are united, the candidate's values winning; \
      every other key is replaced as a whole.

      | key | written as | merged | becomes | remark |
      |---|---|---|---|---|
      """;

  private ServiceKeysPage() {}

  /** Render the whole page as Markdown. */
  static String markdown() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ServiceKeyRow row : ServiceKeys.rows()) {
      page.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  row.name(),
                  row.forms(),
                  row.merge().words(),
                  row.outcome().words(),
                  row.remark()));
    }
    return page.toString().replace(System.lineSeparator(), "\n");
  }
}
