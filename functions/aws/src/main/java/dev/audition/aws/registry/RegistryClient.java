package dev.audition.aws.registry;

import dev.audition.aws.CloudException;
import dev.audition.aws.Lazy;
import dev.audition.aws.registry.RegistryTroubleException.Kind;
import dev.audition.core.tree.JsonReader;
import dev.audition.core.tree.MalformedJsonException;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Fetches documents from one kind of server: registries of the OCI distribution specification, with
 * the token flow that Docker Hub and the public ECR share. Everything it reads is bounded in size;
 * how long it may take is for those to say who ask, by interrupting it.
 */
final class RegistryClient {
  /** The largest manifest that registries take, by the specification's advice. */
  static final int MOST_BYTES = 4 << 20;

  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int MOST_REDIRECTS = 3;
  private static final int TOO_MANY = 429;
  private static final int SERVER = 500;
  private static final Pattern PARAMETER = Pattern.compile("(\\w+)=\"([^\"]*)\"");

  /** Made with the first question: TLS and its providers take a while in a new process. */
  private final Lazy<HttpClient> http =
      new Lazy<>(
          () ->
              HttpClient.newBuilder()
                  .connectTimeout(CONNECT)
                  .followRedirects(HttpClient.Redirect.NEVER)
                  .build());

  private final RegistryAddresses addresses;
  private final RegistryCredentials credentials;

  /** Tokens by host and repository, for as long as this process lives; an old one is asked anew. */
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  RegistryClient(RegistryAddresses addresses, RegistryCredentials credentials) {
    this.addresses = addresses;
    this.credentials = credentials;
  }

  /**
   * Fetch a document of a repository.
   *
   * @param path such as {@code manifests/latest}
   * @param accept the media types that are understood
   */
  byte[] fetch(String host, String repository, String path, String accept) {
    String owner = host + "/" + repository;
    URI uri = address(host).resolve("/v2/" + repository + "/" + path);
    String authorization = tokens.get(owner);
    if (authorization == null) {
      authorization = credentials(host).orElse("");
    }
    HttpResponse<InputStream> answer = send(uri, accept, authorization);
    if (answer.statusCode() == 401) {
      authorization = token(host, repository, challenge(answer, host));
      tokens.put(owner, authorization);
      answer = send(uri, accept, authorization);
    }
    for (int i = 0; i < MOST_REDIRECTS && isRedirect(answer); i++) {
      URI next = redirected(uri, answer, host);
      // What opens the registry is nobody else's business.
      answer = send(next, accept, sameServer(uri, next) ? authorization : "");
      uri = next;
    }
    return body(answer, host, repository);
  }

  private URI address(String host) {
    try {
      return addresses.of(host);
    } catch (IllegalArgumentException e) {
      throw new RegistryTroubleException("the registry is not asked: " + e.getMessage(), e);
    } catch (UncheckedIOException e) {
      throw new RegistryTroubleException(Kind.PASSING, String.valueOf(e.getMessage()), e);
    }
  }

  private Optional<String> credentials(String host) {
    try {
      return credentials.authorization(host);
    } catch (CloudException e) {
      Kind kind = e.retryable() ? Kind.PASSING : Kind.LASTING;
      throw new RegistryTroubleException(kind, String.valueOf(e.getMessage()), e);
    }
  }

  private HttpResponse<InputStream> send(URI uri, String accept, String authorization) {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!accept.isEmpty()) {
      request.header("Accept", accept);
    }
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    try {
      return http.get().send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      String words = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      Kind kind = e instanceof HttpTimeoutException ? Kind.SILENCE : Kind.PASSING;
      throw new RegistryTroubleException(kind, uri.getHost() + " did not answer: " + words, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RegistryTroubleException(Kind.PASSING, "interrupted", e);
    }
  }

  private static byte[] body(HttpResponse<InputStream> answer, String host, String repository) {
    byte[] body = read(answer, host);
    return switch (answer.statusCode()) {
      case 200 -> body;
      case 401, 403 ->
          throw new RegistryTroubleException(
              "%s does not let %s be read".formatted(host, repository));
      case 404 -> throw new RegistryTroubleException("%s does not have it".formatted(host));
      case TOO_MANY ->
          throw new RegistryTroubleException(Kind.PASSING, host + " says: too many requests");
      default ->
          throw new RegistryTroubleException(
              answer.statusCode() >= SERVER ? Kind.PASSING : Kind.LASTING,
              "%s answered with status %d".formatted(host, answer.statusCode()));
    };
  }

  private static byte[] read(HttpResponse<InputStream> answer, String host) {
    try (InputStream body = answer.body()) {
      byte[] bytes = body.readNBytes(MOST_BYTES + 1);
      if (bytes.length > MOST_BYTES) {
        throw new RegistryTroubleException(
            "%s answered with more than %d MiB".formatted(host, MOST_BYTES >> 20));
      }
      return bytes;
    } catch (IOException e) {
      throw new RegistryTroubleException(Kind.PASSING, host + " broke off its answer", e);
    }
  }

  private static boolean isRedirect(HttpResponse<?> answer) {
    return switch (answer.statusCode()) {
      case 301, 302, 303, 307, 308 -> true;
      default -> false;
    };
  }

  private URI redirected(URI from, HttpResponse<InputStream> answer, String host) {
    read(answer, host);
    URI next = answer.headers().firstValue("Location").map(text -> parsed(from, text)).orElse(from);
    checked(from, next, host);
    return next;
  }

  private static URI parsed(URI from, String text) {
    try {
      return from.resolve(text);
    } catch (IllegalArgumentException e) {
      throw new RegistryTroubleException("the registry points to " + text, e);
    }
  }

  /** Where the registry itself is public, what it points to must be too. */
  private void checked(URI from, URI next, String host) {
    boolean guarded = "https".equals(address(host).getScheme());
    if (guarded && !sameServer(from, next)) {
      try {
        RegistryAddresses.checkPublic(next);
      } catch (IllegalArgumentException e) {
        throw new RegistryTroubleException(host + " points to " + next.getHost(), e);
      } catch (UncheckedIOException e) {
        throw new RegistryTroubleException(
            Kind.PASSING, host + " points to " + next.getHost() + ", which was not found", e);
      }
    }
  }

  private static boolean sameServer(URI one, URI other) {
    return String.valueOf(one.getHost()).equals(other.getHost())
        && one.getPort() == other.getPort()
        && String.valueOf(one.getScheme()).equals(other.getScheme());
  }

  private static Map<String, String> challenge(HttpResponse<InputStream> answer, String host) {
    read(answer, host);
    String header =
        answer.headers().allValues("WWW-Authenticate").stream()
            .filter(text -> text.regionMatches(true, 0, "Bearer ", 0, 7))
            .findFirst()
            .orElseThrow(() -> new RegistryTroubleException(host + " wants a login"));
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(header);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    return parameters;
  }

  private String token(String host, String repository, Map<String, String> challenge) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("service", challenge.getOrDefault("service", host));
    query.put("scope", challenge.getOrDefault("scope", "repository:" + repository + ":pull"));
    String realm = challenge.getOrDefault("realm", "");
    URI uri =
        parsed(
            address(host),
            realm
                + "?"
                + query.entrySet().stream()
                    .map(entry -> entry.getKey() + "=" + encoded(entry.getValue()))
                    .collect(Collectors.joining("&")));
    checked(address(host), uri, host);
    String login = credentials(host).orElse("");
    TreeNode json = json(body(send(uri, "", login), host, repository), host);
    for (String field : new String[] {"token", "access_token"}) {
      if (json instanceof Mapping mapping
          && mapping.find(field).orElse(null) instanceof Scalar token
          && token.text().matches("[\\x21-\\x7e]+")) {
        return "Bearer " + token.text();
      }
    }
    throw new RegistryTroubleException(host + " gave no token");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Read a document. */
  static TreeNode json(byte[] bytes, String host) {
    try {
      return JsonReader.read(new String(bytes, StandardCharsets.UTF_8), host);
    } catch (MalformedJsonException e) {
      throw new RegistryTroubleException(host + " answered with something that is not JSON", e);
    }
  }
}
