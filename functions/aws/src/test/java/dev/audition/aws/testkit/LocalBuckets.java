package dev.audition.aws.testkit;

import dev.audition.aws.AwsAccess;
import dev.audition.core.testkit.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * s3proxy, in a process of its own: its libraries do not go with those of DynamoDB Local. What it
 * holds is in memory.
 */
public final class LocalBuckets {
  private static final String LOOPBACK = "127.0.0.1";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Map<String, LocalBuckets> STARTED = new ConcurrentHashMap<>();

  private final URI endpoint;

  private LocalBuckets(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** Return the one on the loopback interface. */
  public static LocalBuckets shared() {
    return at(LOOPBACK);
  }

  /**
   * Return the one on an interface of this machine, such as the bridge that containers reach it by.
   *
   * @param address of the interface
   */
  public static LocalBuckets at(String address) {
    return STARTED.computeIfAbsent(address, LocalBuckets::started);
  }

  /** Return where it is. */
  public URI endpoint() {
    return endpoint;
  }

  /** Return access to it. */
  public AwsAccess access() {
    return LocalAccess.at(endpoint);
  }

  /** Make an empty bucket and return its name. */
  public String bucket() {
    // It knows no other region to make buckets in, and takes any to use them from.
    return bucket(
        AwsAccess.withKeys("us-east-1", LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY)
            .at(endpoint));
  }

  /** Make an empty bucket where this access leads to, and return its name. */
  public static String bucket(AwsAccess access) {
    String name = "audition-" + UUID.randomUUID();
    try (S3Client client = access.client(S3Client.builder().forcePathStyle(true))) {
      client.createBucket(request -> request.bucket(name));
    }
    return name;
  }

  private static LocalBuckets started(String address) {
    int port = Ports.free();
    try {
      Path folder = Files.createTempDirectory("audition-s3proxy");
      Process process =
          new ProcessBuilder(command(folder, Ports.address(address, port)))
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("output.txt").toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(process, folder)));
      Eventually.within(
          PATIENCE,
          "s3proxy answers; see " + folder.resolve("output.txt"),
          () -> !process.isAlive() || Ports.answers(address, port));
      if (!process.isAlive()) {
        throw new IllegalStateException(
            "s3proxy ended: " + Files.readString(folder.resolve("output.txt")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("s3proxy did not start", e);
    }
    return new LocalBuckets(Ports.address(address, port));
  }

  private static List<String> command(Path folder, URI endpoint) throws IOException {
    Path settings = folder.resolve("s3proxy.conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=aws-v2-or-v4
        s3proxy.identity=%s
        s3proxy.credential=%s
        s3proxy.ignore-unknown-headers=true
        jclouds.provider=transient
        jclouds.identity=none
        jclouds.credential=none
        """
            .formatted(endpoint, LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY));
    Path logging = folder.resolve("logback.xml");
    Files.writeString(logging, "<configuration><root level=\"OFF\"/></configuration>");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Dlogback.configurationFile=" + logging,
        "-cp",
        ownClasses() + ":" + s3proxyClassPath(),
        WhileParentLives.class.getName(),
        "org.gaul.s3proxy.Main",
        "--properties",
        settings.toString());
  }

  private static Path ownClasses() {
    try {
      return Path.of(
          WhileParentLives.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The build of functions/aws writes it: see its POM. */
  private static String s3proxyClassPath() throws IOException {
    Path file =
        Path.of(
            System.getProperty("audition.project", "../.."),
            "functions/aws/target/s3proxy.classpath");
    return Files.readString(file).strip();
  }

  private static void end(Process process, Path folder) {
    process.destroyForcibly();
    try {
      process.waitFor();
      for (String name : List.of("s3proxy.conf", "logback.xml", "output.txt")) {
        Files.deleteIfExists(folder.resolve(name));
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
