package dev.audition.cli;

import dev.audition.aws.dynamo.GrantChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a project is to grant, and what no longer. */
final class GrantOptions {
  @Option(
      names = "--set-secret",
      paramLabel = "NAME=ARN",
      description = "A secret in Secrets Manager, under the name that files give the variable")
  Map<String, String> secrets = new LinkedHashMap<>();

  @Option(names = "--remove-secret", paramLabel = "NAME", description = "No longer this secret")
  List<String> removedSecrets = new ArrayList<>();

  @Option(
      names = "--set-registry",
      paramLabel = "HOST=ARN",
      description = "The secret with the credentials of a registry; docker.io for Docker Hub")
  Map<String, String> registries = new LinkedHashMap<>();

  @Option(
      names = "--remove-registry",
      paramLabel = "HOST",
      description = "No longer this registry's credentials")
  List<String> removedRegistries = new ArrayList<>();

  @Option(
      names = "--add-hook-host",
      paramLabel = "HOST",
      description = "A host that notifications may go to; *.example.com for all below it")
  List<String> hosts = new ArrayList<>();

  @Option(names = "--remove-hook-host", paramLabel = "HOST", description = "No longer this host")
  List<String> removedHosts = new ArrayList<>();

  @Option(
      names = "--set-role",
      paramLabel = "ARN",
      description = "The role of the containers, one of the stack's ProjectRoleArns")
  @Nullable String role;

  @Option(names = "--remove-role", description = "No longer a role of the project's own")
  boolean roleRemoved;

  /**
   * Return the changes that are meant.
   *
   * @throws UsageException if they contradict each other
   */
  GrantChanges changes() {
    if (role != null && roleRemoved) {
      throw new UsageException("--set-role and --remove-role: one of them, not both");
    }
    return new GrantChanges(
        new GrantChanges.Entries(new LinkedHashMap<>(secrets), removedSecrets),
        new GrantChanges.Entries(new LinkedHashMap<>(registries), removedRegistries),
        new GrantChanges.Hosts(hosts, removedHosts),
        roleRemoved ? Optional.of("") : Optional.ofNullable(role));
  }
}
