package dev.audition.handlers.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.interceptor.ClasspathInterceptorChainFactory;

class SdkCallRecorderTest {
  @Test
  void isThereForEveryClientOfTheTests() {
    assertThat(new ClasspathInterceptorChainFactory().getGlobalInterceptors())
        .hasAtLeastOneElementOfType(SdkCallRecorder.class);
  }

  @Test
  void namesCallsAsTheTableOfPermissionsDoes() {
    assertThat(SdkCallRecorder.call("DynamoDb", "GetItem")).isEqualTo("dynamodb:GetItem");
    assertThat(SdkCallRecorder.call("CloudWatch Logs", "GetLogEvents"))
        .isEqualTo("cloudwatchlogs:GetLogEvents");
  }
}
