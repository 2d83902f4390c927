package dev.audition.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.dynamo.DynamoRunStore;
import dev.audition.aws.hooks.GuardedPost;
import dev.audition.aws.s3.S3BlobStore;
import dev.audition.aws.testkit.LocalAccess;
import dev.audition.aws.testkit.LocalBuckets;
import dev.audition.aws.testkit.LocalDynamo;
import dev.audition.core.run.Run;
import dev.audition.core.run.RunId;
import dev.audition.core.source.SourceArchiveWriter;
import dev.audition.core.verdict.Verdict;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a function is made of when nothing of it is replaced, on services of this machine. */
final class WiringTest {
  private static final String SECRET =
      "arn:aws:secretsmanager:eu-central-1:123456789012:secret:audition/shop/db-AbCdEf";
  private static final String COMPOSE =
      """
      services:
        tests:
          image: acme/tests:1
          environment: {PGPASSWORD: "${DB_PASSWORD}"}
      """;

  private static final Wiring.Outside HERE =
      new Wiring.Outside(
          region ->
              AwsAccess.withKeys(region, LocalAccess.ACCESS_KEY_ID, LocalAccess.SECRET_ACCESS_KEY),
          () -> GuardedPost.system(false),
          host -> {
            throw new IllegalArgumentException("no test asks " + host);
          });

  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private LocalServices services;

  @BeforeEach
  void start() throws IOException {
    services = new LocalServices();
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private String variable(String name) {
    return Objects.requireNonNull(services.environment().get(name));
  }

  private DynamoRunStore store() {
    return new DynamoRunStore(
        LocalDynamo.access(),
        variable("AUDITION_TABLE"),
        Duration.ofDays(1),
        InstantSource.system());
  }

  private void take(String id, String more, String compose) throws IOException {
    SourceArchiveWriter source = new SourceArchiveWriter();
    source.add("compose.yml", compose.getBytes(UTF_8));
    new S3BlobStore(LocalBuckets.shared().access(), variable("AUDITION_BUCKET"))
        .put("runs/" + id + "/source.zip", source.zip());
    String request = Deployment.request(id, ", \"candidates\": [\"tests\"]" + more);
    ByteArrayOutputStream answer = new ByteArrayOutputStream();
    new RunRequestHandler(
            new Wiring(
                services.environment(),
                new PrintStream(log, true, UTF_8),
                InstantSource.system(),
                HERE))
        .handleRequest(
            new ByteArrayInputStream(LocalServices.batch(request, "none").getBytes(UTF_8)), answer);
    assertThat(answer.toString(UTF_8)).as(log.toString(UTF_8)).contains("[]");
  }

  private void grantTheSecret() {
    LocalDynamo.grant(variable("AUDITION_TABLE"), "shop", Map.of("DB_PASSWORD", SECRET), List.of());
  }

  @Test
  void whatAProjectListsInTheTableReachesTheDefinition() throws IOException {
    grantTheSecret();
    take("r-1", "", COMPOSE);

    assertThat(store().text(new RunId("r-1"), "definitions-1"))
        .as(log.toString(UTF_8))
        .hasValueSatisfying(
            definitions -> assertThat(definitions).contains("PGPASSWORD").contains(SECRET));
  }

  @Test
  void whatItDoesNotListIsRefusedBeforeAnythingStarts() throws IOException {
    take("r-1", "", COMPOSE.replace("${DB_PASSWORD}", "audition-secret(DB_PASSWORD)"));

    Run run = store().load(new RunId("r-1")).orElseThrow();
    assertThat(run.verdict()).isEqualTo(Verdict.REFUSED);
    assertThat(run.toString()).contains("no secret DB_PASSWORD");
  }
}
