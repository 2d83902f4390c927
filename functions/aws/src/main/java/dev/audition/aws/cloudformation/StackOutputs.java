package dev.audition.aws.cloudformation;

import dev.audition.aws.AwsAccess;
import dev.audition.aws.CloudException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudformation.CloudFormationClient;
import software.amazon.awssdk.services.cloudformation.model.Stack;

/** The outputs of a deployed stack, by their names in the template. */
public record StackOutputs(String stack, Map<String, String> values) {
  public StackOutputs {
    values = Map.copyOf(values);
  }

  /**
   * Ask for the outputs of a stack.
   *
   * @throws CloudException if there is no such stack in the region, or it cannot be asked
   */
  public static StackOutputs of(AwsAccess access, String stack) {
    String tried = "read the outputs of the stack %s in %s".formatted(stack, access.region());
    try (CloudFormationClient client = access.client(CloudFormationClient.builder())) {
      Optional<Stack> found =
          client.describeStacks(request -> request.stackName(stack)).stacks().stream().findFirst();
      if (found.isEmpty()) {
        throw new CloudException("Could not " + tried + ": there is none", false, "", null);
      }
      Map<String, String> values = new LinkedHashMap<>();
      found.get().outputs().forEach(o -> values.put(o.outputKey(), o.outputValue()));
      return new StackOutputs(stack, values);
    } catch (SdkException e) {
      throw CloudException.of(tried, e);
    }
  }

  /**
   * Return an output.
   *
   * @throws CloudException if the stack has none of that name
   */
  public String value(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new CloudException(
          "The stack %s has no output %s: is it a deployment of Audition, and of this release?"
              .formatted(stack, name),
          false,
          "",
          null);
    }
    return value;
  }
}
