package dev.audition.handlers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.audition.aws.CloudException;
import dev.audition.core.hook.HookHosts;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.run.HookKey;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.HookSender.Answer;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.Grants;
import dev.audition.core.testkit.InMemoryRunStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class GrantedHooksTest {
  private static final RunId RUN = new RunId("r-1");
  private static final HookTarget LISTED =
      new HookTarget.Webhook(HookUrl.of("https://ci.example.com/x"), "SIGNING");
  private static final HookTarget ELSEWHERE =
      new HookTarget.Webhook(HookUrl.of("https://evil.example.org/x"), null);

  private final InMemoryRunStore store = new InMemoryRunStore();
  private final List<String> sent = new ArrayList<>();
  private ProjectGrants projects = project -> project.equals("shop") ? grants() : Grants.NONE;

  private static Grants grants() {
    SequencedMap<String, String> secrets = new LinkedHashMap<>();
    secrets.put("SIGNING", "arn");
    return new Grants(secrets, new LinkedHashMap<>(), new HookHosts(List.of("ci.example.com")), "");
  }

  @BeforeEach
  void aRunIsStored() {
    store.putText(RUN, "request", Deployment.request("r-1", ""));
  }

  private Answer send(RunId run, HookTarget target) {
    HookMessage message =
        new HookMessage(new HookKey(run, 0, HookKind.ON_FAIL, 1), target, "", "", "{}");
    GrantedHooks hooks =
        new GrantedHooks(
            store,
            projects,
            grants ->
                one -> {
                  sent.add(String.join(",", grants.secrets().keySet()));
                  return new Answer.Taken("taken");
                });
    return hooks.send(message);
  }

  @Test
  void whatTheProjectListsIsSentWithItsSecrets() {
    assertThat(send(RUN, LISTED)).isEqualTo(new Answer.Taken("taken"));
    assertThat(sent).containsExactly("SIGNING");
  }

  @Test
  void whatItDoesNotListIsNotSent() {
    assertThat(send(RUN, ELSEWHERE))
        .isEqualTo(
            new Answer.Refused("the project lets its runs post nothing to evil.example.org"));
    assertThat(sent).isEmpty();
  }

  @Test
  void runsOfForksAndOfNobodySendNothing() {
    store.putText(
        new RunId("r-2"),
        "request",
        Deployment.request("r-2", ", \"git\": {\"CF_PULL_REQUEST_IS_FORK\": \"true\"}"));
    assertThat(send(new RunId("r-2"), LISTED)).isInstanceOf(Answer.Refused.class);
    assertThat(send(new RunId("r-3"), LISTED)).isInstanceOf(Answer.Refused.class);
    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsNotKnownNowIsTriedAgainAndWhatCannotBeReadIsNot() {
    projects =
        _ -> {
          throw new CloudException("Could not look up: slow down", true, "SlowDown", null);
        };
    assertThat(send(RUN, LISTED)).isEqualTo(new Answer.NotNow("Could not look up: slow down"));
    projects =
        project -> {
          throw new UnreadableGrantsException(project, List.of("taskRole: is no ARN"));
        };
    assertThat(send(RUN, LISTED))
        .isEqualTo(new Answer.Refused("the entry of the project shop: taskRole: is no ARN"));
  }
}
