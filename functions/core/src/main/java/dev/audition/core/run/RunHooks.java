package dev.audition.core.run;

import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The hooks of a run and how far they are.
 *
 * @param defined as the file has them
 * @param deliveries those that a verdict has set off, in the order in which they are sent
 */
public record RunHooks(Hooks defined, List<HookDelivery> deliveries) {
  /** No hooks. */
  public static final RunHooks NONE = new RunHooks(Hooks.NONE, List.of());

  public RunHooks {
    deliveries = List.copyOf(deliveries);
  }

  /** Find the hook of a delivery. */
  public Optional<Hook> hook(HookKey key) {
    return defined.sends().stream().filter(key::matches).findFirst();
  }

  /** Find how far a delivery is; empty if no verdict has set it off. */
  public Optional<HookDelivery> delivery(HookKey key) {
    return deliveries.stream().filter(known -> known.key(key.run()).equals(key)).findFirst();
  }

  RunHooks with(HookDelivery delivery, RunId run) {
    List<HookDelivery> changed = new ArrayList<>(deliveries);
    int at = -1;
    for (int i = 0; i < changed.size(); i++) {
      if (changed.get(i).key(run).equals(delivery.key(run))) {
        at = i;
      }
    }
    if (at < 0) {
      changed.add(delivery);
    } else {
      changed.set(at, delivery);
    }
    return new RunHooks(defined, changed);
  }
}
