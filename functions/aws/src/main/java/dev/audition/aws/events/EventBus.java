package dev.audition.aws.events;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResultEntry;

/** Puts events on buses. */
public final class EventBus {
  /** What EventBridge says of an entry that may be taken later. */
  private static final Set<String> LATER =
      Set.of("ThrottlingException", "InternalFailure", "InternalException");

  private final EventBridgeClient client;

  /** Make one. */
  public EventBus(AwsAccess access) {
    this.client = access.client(EventBridgeClient.builder());
  }

  /**
   * Put an event.
   *
   * @param bus its name or ARN
   * @param source such as {@code audition}
   * @param detail a JSON object
   * @return the event's id
   */
  public String put(String bus, String source, String detailType, String detail) {
    PutEventsRequestEntry event =
        PutEventsRequestEntry.builder()
            .eventBusName(bus)
            .source(source)
            .detailType(detailType)
            .detail(detail)
            .build();
    PutEventsResponse answer;
    try {
      answer = client.putEvents(request -> request.entries(event));
    } catch (SdkException e) {
      throw CloudException.of("put an event on " + bus, e);
    }
    PutEventsResultEntry result = answer.entries().getFirst();
    if (result.errorCode() != null) {
      throw new CloudException(
          "Could not put an event on %s: %s: %s"
              .formatted(bus, result.errorCode(), result.errorMessage()),
          LATER.contains(result.errorCode()),
          result.errorCode(),
          null);
    }
    return result.eventId();
  }
}
