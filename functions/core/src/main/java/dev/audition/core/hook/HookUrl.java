package dev.audition.core.hook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a message is posted to.
 *
 * @param text the address; where it is kept secret, the name it is looked up by when it is needed
 * @param named whether the text is such a name
 */
public record HookUrl(String text, boolean named) {
  private static final int HIGHEST_PORT = 65535;

  /** Return an address as written. */
  public static HookUrl of(String url) {
    return new HookUrl(url, false);
  }

  /** Return an address that is looked up when it is needed. */
  public static HookUrl named(String reference) {
    return new HookUrl(reference, true);
  }

  /** Return the name it is looked up by, if it is. */
  Stream<String> names() {
    return named ? Stream.of(text) : Stream.empty();
  }

  /** Say for people where it leads to, without what may be secret: user, password and query. */
  public String shown() {
    if (named) {
      return "the URL in " + text;
    }
    return parse(text)
        .map(uri -> origin(uri) + (uri.getRawPath() == null ? "" : uri.getRawPath()))
        .orElse("a URL that cannot be read");
  }

  /** Say for people where it leads to, without the path: some services keep their key in it. */
  public String shownHost() {
    return named ? shown() : parse(text).map(HookUrl::origin).orElse("a URL that cannot be read");
  }

  private static String origin(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }

  /**
   * Read an address that a message can be posted to: http or https, a host, no user and password,
   * no fragment.
   */
  public static Optional<URI> parse(String text) {
    try {
      URI uri = new URI(text.strip());
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      boolean web = scheme.equals("https") || scheme.equals("http");
      boolean fits =
          web
              && uri.getHost() != null
              && uri.getRawUserInfo() == null
              && uri.getRawFragment() == null
              && uri.getPort() != 0
              && uri.getPort() <= HIGHEST_PORT;
      return fits ? Optional.of(uri) : Optional.empty();
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
