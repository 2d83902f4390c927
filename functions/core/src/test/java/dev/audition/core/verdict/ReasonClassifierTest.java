package dev.audition.core.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReasonClassifierTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          OutOfMemoryError: Container killed due to memory usage | OUT_OF_MEMORY
          CannotPullContainerError: Error response from daemon: manifest for postgres:99 not found: manifest unknown | IMAGE_MISSING
          CannotPullContainerError: pull access denied for acme/app, repository does not exist or may require 'docker login' | IMAGE_DENIED
          CannotPullContainerError: Head "https://ghcr.io/v2/a/b/manifests/1": unauthorized | IMAGE_DENIED
          CannotPullContainerError: toomanyrequests: You have reached your unauthenticated pull rate limit | REGISTRY_BUSY
          CannotPullContainerError: Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded) | REGISTRY_UNREACHABLE
          CannotPullContainerError: dial tcp: lookup registry-1.docker.io: no such host | REGISTRY_UNREACHABLE
          CannotPullContainerError: received unexpected HTTP status: 503 Service Unavailable | REGISTRY_UNREACHABLE
          CannotPullContainerError: something nobody has seen before | REGISTRY_UNREACHABLE
          CannotPullContainerError: no matching manifest for linux/arm64/v8 in the manifest list entries | WRONG_ARCHITECTURE
          CannotPullContainerError: write /var/lib/docker/tmp/x: no space left on device | DISK_FULL
          CannotPullContainerError: tls: failed to verify certificate: x509: certificate signed by unknown authority | CERTIFICATE
          CannotPullContainerError: permission denied while trying to connect to the Docker daemon socket | ENGINE_UNREACHABLE
          CannotPullImageManifestError: pull access denied | IMAGE_DENIED
          CannotStartContainerError: exec: "pytest": executable file not found in $PATH | COMMAND_MISSING
          CannotStartContainerError: exec: "/start.sh": permission denied | COMMAND_MISSING
          CannotStartContainerError: exec /app: exec format error | WRONG_ARCHITECTURE
          CannotStartContainerError: dependency graph: "migrate" ended with 5 | DEPENDENCY_FAILED
          CannotStartContainerError: error mounting "/x" to rootfs: not a directory | MOUNT_MISTAKEN
          CannotStartContainerError: listen tcp 0.0.0.0:80: bind: address already in use | PORT_IN_USE
          CannotCreateContainerError: invalid CapAdd | SETTING_REFUSED
          ResourceInitializationError: unable to pull secrets or registry auth | RESOURCE_INITIALIZATION
          ResourceInitializationError: unable to pull secrets or registry auth: AccessDeniedException: x | RESOURCE_DENIED
          Timeout waiting for network interface provisioning to complete. | NETWORK_INTERFACE
          Capacity is unavailable at this time. Please try again later or in a different availability zone | CAPACITY
          You've reached the limit on the number of vCPUs you can run concurrently | CAPACITY
          Your Spot Task was interrupted. | HOST_LOST
          Essential container in task exited | UNKNOWN
          '' | UNKNOWN
          """)
  void reasonsAreReadByTheirWords(String reason, ReasonKind kind) {
    assertThat(ReasonClassifier.classify(reason)).isEqualTo(kind);
  }

  @Test
  void onlyWhatMayPassIsWorthAnotherTry() {
    assertThat(ReasonKind.values())
        .filteredOn(kind -> kind.blame().retryable())
        .containsExactly(
            ReasonKind.REGISTRY_BUSY,
            ReasonKind.REGISTRY_UNREACHABLE,
            ReasonKind.CAPACITY,
            ReasonKind.NETWORK_INTERFACE,
            ReasonKind.HOST_LOST,
            ReasonKind.RESOURCE_INITIALIZATION);
  }

  @ParameterizedTest
  @CsvSource({
    "CannotPullContainerError: x, true",
    "CannotStartContainerError: dependency graph: x, true",
    "CannotCreateContainerError: x, true",
    "OutOfMemoryError: Container killed due to memory usage, false",
    "'', false"
  })
  void someReasonsMeanThatTheContainerNeverRan(String reason, boolean never) {
    assertThat(ReasonClassifier.meansNeverStarted(reason)).isEqualTo(never);
  }
}
