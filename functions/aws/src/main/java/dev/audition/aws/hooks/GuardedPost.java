package dev.audition.aws.hooks;

import dev.audition.aws.Deadline;
import dev.audition.core.hook.PublicAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Posts to an address that a stranger may have written: https only, to public addresses only, to
 * the very address that was checked, without following redirects, within limits of time and size.
 *
 * <p>The JDK's client looks names up by itself, again for each connection, so that what was checked
 * need not be what is connected to. This one resolves once, checks every address and connects to
 * those; the name goes into TLS only, for SNI and the certificate.
 */
public final class GuardedPost {
  private static final String HTTPS = "https";
  private static final int HTTPS_PORT = 443;
  private static final int HTTP_PORT = 80;

  private final boolean privateTargets;
  private final PostLimits limits;
  private final Connections connections;
  private final SSLSocketFactory tls;

  /**
   * Make one.
   *
   * @param privateTargets whether plain http and addresses of no public network are allowed: on the
   *     machine of the one who asks for it, never in an account
   */
  public GuardedPost(
      boolean privateTargets, PostLimits limits, Connections connections, SSLSocketFactory tls) {
    this.privateTargets = privateTargets;
    this.limits = limits;
    this.connections = connections;
    this.tls = tls;
  }

  /** Make one as the system has it. */
  public static GuardedPost system(boolean privateTargets) {
    return new GuardedPost(
        privateTargets,
        PostLimits.DEFAULT,
        Connections.SYSTEM,
        (SSLSocketFactory) SSLSocketFactory.getDefault());
  }

  /**
   * Post; never throws for what the network does.
   *
   * @param uri as {@link dev.audition.core.hook.HookUrl#parse} gives it
   * @param headers beside Host, Content-Length, Connection and User-Agent
   */
  public PostOutcome post(URI uri, Map<String, String> headers, byte[] body) {
    boolean secure = HTTPS.equalsIgnoreCase(uri.getScheme());
    if (!secure && !privateTargets) {
      return new PostOutcome.Forbidden("only https is posted to");
    }
    Deadline deadline = Deadline.in(limits.time());
    try {
      String host = hostName(uri);
      List<InetAddress> addresses = resolve(host, deadline);
      Optional<String> objection = objection(host, addresses);
      return objection.isPresent()
          ? new PostOutcome.Forbidden(objection.get())
          : toFirst(addresses, uri, new HttpRequest(uri, headers, body), deadline);
    } catch (UnknownHostException _) {
      return new PostOutcome.Failed("the name " + uri.getHost() + " is not known");
    } catch (IOException e) {
      return new PostOutcome.Failed(reason(e, deadline));
    }
  }

  private static String hostName(URI uri) {
    String host = uri.getHost();
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private List<InetAddress> resolve(String host, Deadline deadline) throws IOException {
    try {
      return deadline.answer(() -> connections.resolve(host));
    } catch (TimeoutException _) {
      throw new SocketTimeoutException("look-up");
    } catch (ExecutionException _) {
      throw new UnknownHostException(host);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted");
    }
  }

  /** One bad address among good ones is enough: nobody needs that but an attacker. */
  private Optional<String> objection(String host, List<InetAddress> addresses) {
    if (privateTargets) {
      return Optional.empty();
    }
    return addresses.stream()
        .flatMap(
            address ->
                PublicAddress.objection(address.getAddress())
                    .map(
                        what ->
                            "%s is at %s (%s), which is not on the public internet"
                                .formatted(host, address.getHostAddress(), what))
                    .stream())
        .findFirst();
  }

  private PostOutcome toFirst(
      List<InetAddress> addresses, URI uri, HttpRequest request, Deadline deadline)
      throws IOException {
    IOException last = new ConnectException("no address");
    for (InetAddress address : addresses) {
      Socket connected;
      try {
        connected = connections.connect(address, port(uri), deadline.left());
      } catch (IOException e) {
        last = e;
        continue;
      }
      return exchange(connected, uri, request, deadline);
    }
    throw last;
  }

  private static int port(URI uri) {
    if (uri.getPort() >= 0) {
      return uri.getPort();
    }
    return HTTPS.equalsIgnoreCase(uri.getScheme()) ? HTTPS_PORT : HTTP_PORT;
  }

  private PostOutcome exchange(Socket connected, URI uri, HttpRequest request, Deadline deadline)
      throws IOException {
    try (Socket raw = connected;
        Deadline.Watch _ = deadline.closes(raw)) {
      raw.setTcpNoDelay(true);
      Socket socket = HTTPS.equalsIgnoreCase(uri.getScheme()) ? secured(raw, uri) : raw;
      request.write(socket.getOutputStream());
      return new HttpAnswer(socket.getInputStream(), limits.answerBytes()).read();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  private Socket secured(Socket raw, URI uri) throws IOException {
    String host = hostName(uri);
    SSLSocket socket = (SSLSocket) tls.createSocket(raw, host, port(uri), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    if (host.equals(uri.getHost()) && host.chars().anyMatch(Character::isLetter)) {
      parameters.setServerNames(List.of(new SNIHostName(host)));
    }
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private String reason(IOException e, Deadline deadline) {
    if (deadline.passed() || e instanceof SocketTimeoutException) {
      return "no answer within " + seconds(limits.time());
    }
    return switch (e) {
      case ConnectException _ -> "the connection was refused";
      case SSLException tlsTrouble -> "TLS: " + words(tlsTrouble);
      default -> "the connection broke: " + words(e);
    };
  }

  private static String words(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }

  private static String seconds(Duration time) {
    return time.toMillis() / 1000.0 + " s";
  }
}
