package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.core.task.FargateOptions;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.handlers.log.Metrics;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class TemplateTest {
  /** AWS: visibility of at least six times the function's timeout, so that retries of it fit. */
  private static final int TIMES_THE_TIMEOUT = 6;

  /** The least number of concurrent executions that an account has. */
  private static final int LEAST_CONCURRENCY = 10;

  private final TemplateFile template = TemplateFile.read();

  @Nested
  class Functions {
    @Test
    void areTheFour() {
      assertThat(template.resources(TemplateFile.FUNCTION))
          .containsExactly(
              "RunRequestFunction", "TaskEventFunction", "SweepFunction", "HookFunction");
    }

    @Test
    void areWhatMavenBuildsForTheirRuntime() {
      for (String function : template.resources(TemplateFile.FUNCTION)) {
        assertThat(property(function, "Runtime")).as(function).isEqualTo("java25");
        assertThat(property(function, "Architectures")).as(function).isEqualTo("[arm64]");
        assertThat(property(function, "CodeUri"))
            .as(function)
            .isEqualTo("functions/handlers/target/function.zip");
        assertThat(Nodes.text(template.section("Resources", function, "Metadata")))
            .as(function)
            .isEqualTo("{SkipBuild: true}");
      }
    }

    /** {@code TaskDefinitions.prefix}, which UnusedDefinitionsTest shows: audition, the cluster. */
    @Test
    void mayUseTaskDefinitionsOfTheNameTheyGiveThem() {
      String text = ProjectFiles.text(TemplateFile.NAME);
      assertThat(Pattern.compile(":task-definition/[^']*").matcher(text).results())
          .hasSizeGreaterThan(3)
          .allSatisfy(
              name -> assertThat(name.group()).isEqualTo(":task-definition/audition-${Cluster}-*"));
    }

    @Test
    void keepTheirLogsForAWhileEachInAGroupOfItsOwn() {
      SortedSet<String> groups = new TreeSet<>();
      for (String function : template.resources(TemplateFile.FUNCTION)) {
        groups.add(
            template.property(function, "LoggingConfig", "LogGroup").replaceFirst("!Ref ", ""));
      }
      groups.add("TaskLogs");

      assertThat(template.resources("AWS::Logs::LogGroup"))
          .hasSize(5)
          .containsExactlyInAnyOrderElementsOf(groups);
      for (String group : groups) {
        assertThat(template.property(group, "RetentionInDays")).isEqualTo("!Ref LogRetentionDays");
      }
    }

    @Test
    void reserveNothingAndFitTogetherIntoTheSmallestAccount() {
      int together = 0;
      for (String function : template.resources(TemplateFile.FUNCTION)) {
        assertThat(template.properties(function).keys())
            .as(function)
            .doesNotContain("ReservedConcurrentExecutions", "ProvisionedConcurrencyConfig");
        together +=
            template
                .queueSource(function)
                .map(source -> Nodes.number(source, "ScalingConfig", "MaximumConcurrency"))
                .orElse(1);
      }

      assertThat(together).isLessThanOrEqualTo(LEAST_CONCURRENCY);
    }

    private String property(String function, String name) {
      return Nodes.text(template.functionProperty(function, name));
    }
  }

  @Nested
  class EventSources {
    @Test
    void tellWhichMessagesFailedAndLeaveTimeForRetries() {
      int sources = 0;
      for (String function : template.resources(TemplateFile.FUNCTION)) {
        Mapping source = template.queueSource(function).orElse(null);
        if (source == null) {
          continue;
        }
        sources++;
        String queue = TemplateFile.referred(Nodes.get(source, "Queue"));
        int timeout = Integer.parseInt(Nodes.text(template.functionProperty(function, "Timeout")));
        int window = Nodes.find(source, "MaximumBatchingWindowInSeconds").isPresent() ? 1 : 0;

        assertThat(Nodes.texts(source, "FunctionResponseTypes"))
            .as(function)
            .containsExactly("ReportBatchItemFailures");
        assertThat(window).as("%s waits for no batch", function).isZero();
        assertThat(Nodes.number(source, "BatchSize")).as(function).isBetween(1, 10);
        assertThat(Nodes.number(source, "ScalingConfig", "MaximumConcurrency"))
            .as(function)
            .isBetween(2, 1000);
        assertThat(number(queue, "VisibilityTimeout"))
            .as(queue)
            .isGreaterThanOrEqualTo(TIMES_THE_TIMEOUT * timeout);
      }

      assertThat(sources).isEqualTo(3);
    }

    @Test
    void sweepEveryMinuteAndNotTwiceForOne() {
      Mapping schedule =
          template.section(
              "Resources", "SweepFunction", "Properties", "Events", "EveryMinute", "Properties");

      assertThat(Nodes.text(schedule)).isEqualTo("{Schedule: rate(1 minute)}");
      assertThat(template.property("SweepFunction", "EventInvokeConfig"))
          .isEqualTo("{MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60}");
    }

    @Test
    void partWithAMessageOnlyAfterFiveTriesAndKeepItForLonger() {
      for (String queue : List.of("RunRequests", "TaskEvents", "Hooks")) {
        String dead = queue + "DeadLetters";

        assertThat(template.property(queue, "RedrivePolicy", "deadLetterTargetArn"))
            .isEqualTo("!GetAtt " + dead + ".Arn");
        assertThat(number(queue, "RedrivePolicy", "maxReceiveCount")).isGreaterThanOrEqualTo(5);
        assertThat(number(dead, "MessageRetentionPeriod"))
            .isGreaterThan(number(queue, "MessageRetentionPeriod"));
        assertThat(template.properties(dead).keys()).doesNotContain("RedrivePolicy");
      }
    }

    @Test
    void areEncrypted() {
      assertThat(template.resources(TemplateFile.QUEUE))
          .hasSize(7)
          .allSatisfy(
              queue ->
                  assertThat(template.property(queue, "SqsManagedSseEnabled")).isEqualTo("true"));
    }

    private int number(String resource, String... keys) {
      return Nodes.number(template.properties(resource), keys);
    }
  }

  @Nested
  class TaskStateChanges {
    @Test
    void goToTheirQueueAndElseToDeadLetters() {
      List<TreeNode> targets = Nodes.items(template.properties("TaskStateChanges"), "Targets");

      assertThat(targets).hasSize(1);
      assertThat(Nodes.text(Nodes.get(targets.getFirst(), "Arn")))
          .isEqualTo("!GetAtt TaskEvents.Arn");
      assertThat(Nodes.text(Nodes.get(targets.getFirst(), "DeadLetterConfig", "Arn")))
          .isEqualTo("!GetAtt RuleDeadLetters.Arn");
    }

    @Test
    void areWhatOnlyTheRuleMayPutIntoThoseQueues() {
      assertThat(template.resources("AWS::SQS::QueuePolicy")).hasSize(2);
      for (String queue : List.of("TaskEvents", "RuleDeadLetters")) {
        assertThat(template.property(queue + "Policy", "Queues"))
            .isEqualTo("[!Ref %s]".formatted(queue));
        assertThat(template.property(queue + "Policy", "PolicyDocument", "Statement"))
            .isEqualTo(
                ("[{Effect: Allow, Principal: {Service: events.amazonaws.com},"
                        + " Action: sqs:SendMessage, Resource: !GetAtt %s.Arn,"
                        + " Condition: {ArnEquals:"
                        + " {aws:SourceArn: !GetAtt TaskStateChanges.Arn}}}]")
                    .formatted(queue));
      }
    }
  }

  @Nested
  class State {
    @Test
    void isPrivateEncryptedAndEndsWithItsRetention() {
      assertThat(template.property("Bucket", "PublicAccessBlockConfiguration"))
          .isEqualTo(
              "{BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true,"
                  + " RestrictPublicBuckets: true}");
      assertThat(template.property("Bucket", "BucketEncryption")).contains("SSEAlgorithm: AES256");
      assertThat(template.property("Bucket", "LifecycleConfiguration"))
          .contains("Status: Enabled, Prefix: runs/, ExpirationInDays: !Ref RetentionDays");
      assertThat(template.property("BucketPolicy", "PolicyDocument", "Statement"))
          .isEqualTo(
              "[{Sid: OnlyTls, Effect: Deny, Principal: *, Action: s3:*,"
                  + " Resource: [!GetAtt Bucket.Arn, !Sub ${Bucket.Arn}/*],"
                  + " Condition: {Bool: {aws:SecureTransport: false}}}]");
    }

    @Test
    void outlivesTheStackButNotAFailedFirstDeployment() {
      for (String resource : List.of("Table", "Bucket", "BucketPolicy")) {
        Mapping written = template.section("Resources", resource);

        assertThat(Nodes.text(Nodes.get(written, "DeletionPolicy")))
            .isEqualTo("RetainExceptOnCreate");
        assertThat(Nodes.text(Nodes.get(written, "UpdateReplacePolicy"))).isEqualTo("Retain");
      }
    }

    @Test
    void costsByUseAndCanBeRestoredWhereThatIsWanted() {
      assertThat(template.property("Table", "BillingMode")).isEqualTo("PAY_PER_REQUEST");
      assertThat(template.property("Table", "PointInTimeRecoverySpecification"))
          .isEqualTo("{PointInTimeRecoveryEnabled: !Ref PointInTimeRecovery}");
    }
  }

  @Nested
  class Network {
    @Test
    void letsNothingIn() {
      assertThat(template.property("TaskSecurityGroup", "SecurityGroupIngress")).isEqualTo("[]");
      assertThat(template.resources("AWS::EC2::SecurityGroupIngress")).isEmpty();
    }

    @Test
    void hasNoGatewayThatCostsByTheHour() {
      assertThat(template.resources("AWS::EC2::NatGateway")).isEmpty();
      assertThat(template.resources("AWS::EC2::VPCEndpoint")).isEmpty();
    }

    @Test
    void isMadeOnlyWhereNoneIsGiven() {
      for (String type : List.of("VPC", "InternetGateway", "Subnet", "Route", "RouteTable")) {
        assertThat(template.resources("AWS::EC2::" + type))
            .isNotEmpty()
            .allSatisfy(
                resource ->
                    assertThat(
                            Nodes.text(
                                Nodes.get(template.section("Resources", resource), "Condition")))
                        .isEqualTo("OwnNetwork"));
      }
    }
  }

  @Nested
  class Parameters {
    @Test
    void areDescribedGroupedAndUsed() {
      String text = ProjectFiles.text(TemplateFile.NAME);
      String groups = Nodes.text(template.section("Metadata", "AWS::CloudFormation::Interface"));
      for (String name : template.section("Parameters").keys()) {
        Mapping parameter = template.section("Parameters", name);
        Matcher uses = Pattern.compile("!Ref %s\\b|\\$\\{%s}".formatted(name, name)).matcher(text);

        assertThat(parameter.keys()).as(name).contains("Type", "Default", "Description");
        assertThat(groups).containsPattern("\\b" + name + "\\b");
        assertThat(uses.find()).as("%s is used", name).isTrue();
      }
    }

    @Test
    void haveDefaultsThatFitANewAccount() {
      assertThat(defaultOf("VcpuQuota")).isEqualTo("6");
      assertThat(defaultOf("SpotPercent")).isEqualTo("0");
      assertThat(defaultOf("VpcId")).isEmpty();
      assertThat(defaultOf("OwnImage")).isEqualTo(FargateOptions.DEFAULT_OWN_IMAGE);
    }

    private String defaultOf(String parameter) {
      return Nodes.text(template.section("Parameters", parameter).find("Default").orElseThrow());
    }
  }

  @Nested
  class Alarms {
    @Test
    void watchEveryQueueOfDeadLetters() {
      List<String> watched =
          template.resources("AWS::CloudWatch::Alarm").stream()
              .map(alarm -> Nodes.text(template.properties(alarm)))
              .toList();
      for (String queue : template.resources(TemplateFile.QUEUE)) {
        if (queue.endsWith("DeadLetters")) {
          assertThat(watched)
              .as(queue)
              .anySatisfy(
                  alarm ->
                      assertThat(alarm)
                          .contains("ApproximateNumberOfMessagesVisible")
                          .contains("!GetAtt %s.QueueName".formatted(queue)));
        }
      }
    }

    /** An alarm on a metric that nobody writes never fires, and says that all is well. */
    @Test
    void andTheDashboardAskForMetricsThatTheFunctionsWrite() {
      Set<String> written =
          Set.of(Metrics.RUNS_ENDED, Metrics.RUNS_ERRORED, Metrics.OLDEST_PENDING_COMMAND);
      List<Mapping> asked =
          template.resources("AWS::CloudWatch::Alarm").stream()
              .flatMap(alarm -> Stream.concat(own(alarm), ofMath(alarm)))
              .filter(metric -> Nodes.text(Nodes.get(metric, "Namespace")).equals("Audition"))
              .toList();
      assertThat(asked)
          .extracting(metric -> Nodes.text(Nodes.get(metric, "MetricName")))
          .containsExactlyInAnyOrderElementsOf(written);
      assertThat(asked)
          .extracting(metric -> Nodes.text(Nodes.get(metric, "Dimensions")))
          .containsOnly("[{Name: Deployment, Value: !Ref Table}]");
      String shown = template.property("RunsDashboard", "DashboardBody");
      assertThat(Pattern.compile("\\[\"Audition\", \"(\\w+)\"([^]]*)]").matcher(shown).results())
          .hasSize(3)
          .allSatisfy(metric -> assertThat(written).contains(metric.group(1)))
          .allSatisfy(
              metric -> assertThat(metric.group(2)).isEqualTo(", \"Deployment\", \"${Table}\""));
    }

    private Stream<Mapping> own(String alarm) {
      Mapping properties = template.properties(alarm);
      return properties.find("MetricName").stream().map(_ -> properties);
    }

    private Stream<Mapping> ofMath(String alarm) {
      return Nodes.items(template.properties(alarm), "Metrics").stream()
          .flatMap(query -> Nodes.find(query, "MetricStat", "Metric").stream())
          .map(Mapping.class::cast);
    }

    @Test
    void tellTheTopicIfThereIsOne() {
      assertThat(template.resources("AWS::CloudWatch::Alarm"))
          .allSatisfy(
              alarm ->
                  assertThat(template.property(alarm, "AlarmActions"))
                      .isEqualTo("!If [HasAlarmTopic, [!Ref AlarmTopicArn], !Ref AWS::NoValue]"));
    }
  }
}
