package dev.audition.core.task;

/** The name of one launched task; on the laptop {@code arn:audition:local:task/...}. */
public record TaskArn(String value) {
  public TaskArn {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("task ARN: empty (expected: text)");
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
