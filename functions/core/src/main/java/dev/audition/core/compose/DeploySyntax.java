package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds {@code deploy} into the keys of a service that say the same. */
final class DeploySyntax {
  private static final Set<String> KEYS =
      Set.of(
          "mode",
          "endpoint_mode",
          "replicas",
          "labels",
          "rollback_config",
          "update_config",
          "resources",
          "restart_policy",
          "placement");
  private static final Set<String> SWARM =
      Set.of("endpoint_mode", "labels", "rollback_config", "update_config", "placement");
  private static final Set<String> MODES =
      Set.of("global", "replicated", "global-job", "replicated-job");

  private final Field field;
  private ServiceConfig service;

  private DeploySyntax(Field field, ServiceConfig service) {
    this.field = field;
    this.service = service;
  }

  /** Return the service with what {@code deploy} says; the other keys must be read before. */
  static ServiceConfig fold(Field field, ServiceConfig service) {
    if (!field.isMapping()) {
      field.wrongType("a mapping with resources or replicas");
      return service;
    }
    DeploySyntax deploy = new DeploySyntax(field, service);
    deploy.fold();
    return deploy.service;
  }

  private void fold() {
    field.onlyKeys("key of deploy", KEYS);
    for (Field key : field.entries("")) {
      if (SWARM.contains(key.key())) {
        key.note(key.key() + " of deploy is for swarms", "");
      }
    }
    Field mode = field.find("mode");
    String modeText = mode == null ? null : mode.text();
    if (mode != null && modeText != null && !MODES.contains(modeText)) {
      mode.invalid(
          "the compose specification knows no deploy mode \"%s\"".formatted(modeText),
          Nearest.remedy(modeText, MODES));
    }
    Field replicas = field.find("replicas");
    if (replicas != null && !replicas.isNull()) {
      set(ServiceKey.SCALE, replicas, LimitSyntax.scale(replicas));
    }
    Field resources = field.find("resources");
    if (resources != null && !resources.isNull()) {
      resources(resources);
    }
    Field policy = field.find("restart_policy");
    if (policy != null && !policy.isNull()) {
      restartPolicy(policy);
    }
  }

  private void resources(Field resources) {
    resources.onlyKeys("key of deploy.resources", Set.of("limits", "reservations"));
    Field limits = resources.find("limits");
    if (limits != null && !limits.isNull()) {
      limits.onlyKeys("key of deploy.resources.limits", Set.of("cpus", "memory", "pids"));
      Field cpus = limits.find("cpus");
      if (cpus != null) {
        set(ServiceKey.CPUS, cpus, cpus.decimal());
      }
      memory(limits, ServiceKey.MEM_LIMIT);
      Field pids = limits.find("pids");
      if (pids != null) {
        pids.noEffect("the number of processes is not limited", "");
      }
    }
    Field reservations = resources.find("reservations");
    if (reservations != null && !reservations.isNull()) {
      reservations.onlyKeys(
          "key of deploy.resources.reservations",
          Set.of("cpus", "memory", "devices", "generic_resources"));
      memory(reservations, ServiceKey.MEM_RESERVATION);
      Field devices = reservations.find("devices");
      if (devices != null && !devices.isNull()) {
        devices.refuse(
            Category.HOST_ACCESS, "devices belong to the host", "Remove the reservation.");
      }
    }
  }

  private void memory(Field parent, ServiceKey<Long> key) {
    Field memory = parent.find("memory");
    if (memory != null) {
      set(key, memory, memory.bytes());
    }
  }

  private void restartPolicy(Field policy) {
    policy.onlyKeys(
        "key of deploy.restart_policy", Set.of("condition", "delay", "max_attempts", "window"));
    if (service.find(ServiceKey.RESTART).isPresent()) {
      return;
    }
    Field condition = policy.find("condition");
    Field attempts = policy.find("max_attempts");
    String text = condition == null ? "any" : condition.text();
    String restart =
        switch (text == null ? "any" : text) {
          case "none" -> "no";
          case "any" -> "always";
          case "on-failure" -> {
            Long most = attempts == null ? null : attempts.integer();
            yield most == null || most <= 0 ? "on-failure" : "on-failure:" + most;
          }
          default -> null;
        };
    if (condition != null && restart == null) {
      condition.wrongType("none, on-failure or any");
    }
    set(ServiceKey.RESTART, policy, restart);
  }

  /** The specification refuses two different values for the same thing. */
  private <T> void set(ServiceKey<T> key, Field where, @Nullable T value) {
    if (value == null) {
      return;
    }
    Optional<T> other = service.find(key);
    if (other.isPresent() && !Objects.equals(other.get(), value)) {
      where.invalid(
          "the compose specification refuses a value of its own beside \"%s\""
              .formatted(key.name()),
          "Keep one of the two.");
    }
    service = service.with(key, value, where.keyLocation());
  }
}
