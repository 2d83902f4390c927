package dev.audition.handlers;

import dev.audition.aws.CloudException;
import dev.audition.core.request.RunRequest;
import dev.audition.core.request.RunRequestReader;
import dev.audition.core.request.RunRequestReader.Outcome;
import dev.audition.core.run.HookMessage;
import dev.audition.core.run.RunId;
import dev.audition.core.run.port.HookSender;
import dev.audition.core.run.port.ProjectGrants;
import dev.audition.core.run.port.RunStore;
import dev.audition.core.run.port.UnreadableGrantsException;
import dev.audition.core.task.Grants;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sends what the run's project lets its runs send, at the time of sending, and nothing else.
 *
 * @param sender makes one that knows the secrets of these grants and no others
 */
record GrantedHooks(RunStore store, ProjectGrants projects, Function<Grants, HookSender> sender)
    implements HookSender {
  @Override
  public Answer send(HookMessage message) {
    try {
      Grants grants = grants(message.key().run());
      Optional<String> refusal = grants.refusal(message.target());
      return refusal.isPresent()
          ? new Answer.Refused(refusal.get())
          : sender.apply(grants).send(message);
    } catch (UnreadableGrantsException e) {
      return new Answer.Refused(String.valueOf(e.getMessage()));
    } catch (CloudException e) {
      String words = String.valueOf(e.getMessage());
      return e.retryable() ? new Answer.NotNow(words) : new Answer.Refused(words);
    }
  }

  /** A run without a request that can be read is nobody's. */
  private Grants grants(RunId run) {
    return store
        .text(run, CloudPreparation.REQUEST)
        .map(RunRequestReader::read)
        .map(
            outcome ->
                switch (outcome) {
                  case Outcome.Accepted(RunRequest request) ->
                      request.fromFork() ? Grants.NONE : projects.of(request.project());
                  case Outcome.Rejected _ -> Grants.NONE;
                })
        .orElse(Grants.NONE);
  }
}
