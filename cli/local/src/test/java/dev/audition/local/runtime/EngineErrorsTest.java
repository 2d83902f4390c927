package dev.audition.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.exception.DockerException;
import org.junit.jupiter.api.Test;

final class EngineErrorsTest {
  @Test
  void messageIsTheEnginesOwnInOneLine() {
    assertThat(
            EngineErrors.message(
                new DockerException(
                    "Status 400: {\"message\":\"exec: \\\"/no/such\\\": not\\n found\"}\n", 400)))
        .isEqualTo("exec: \"/no/such\": not  found");
  }

  @Test
  void messageThatIsNoJsonIsKept() {
    assertThat(EngineErrors.message(new DockerException("out\n of order", 500)))
        .isEqualTo("Status 500: out of order");
  }

  @Test
  void troubleOfTheMachineIsNotTheContainers() {
    DockerException full =
        new DockerException("{\"message\":\"mkdir /x: no space left on device\"}", 500);
    DockerException command =
        new DockerException("{\"message\":\"executable file not found in $PATH\"}", 400);

    assertThat(EngineErrors.reason("CannotStartContainerError", full))
        .isEqualTo("ResourceInitializationError: mkdir /x: no space left on device");
    assertThat(EngineErrors.reason("CannotStartContainerError", command))
        .isEqualTo("CannotStartContainerError: executable file not found in $PATH");
  }
}
