package dev.audition.cli.render;

import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.Hooks;
import dev.audition.core.run.HookDelivery;
import dev.audition.core.run.RunReport.HookReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hooks as text: what a plan would send, what was sent and what came of it. */
public final class HookText {
  private HookText() {}

  /** Render what became of each notification; nothing where there is none. */
  public static List<String> deliveries(List<HookReport> hooks, Style style) {
    List<String> lines = new ArrayList<>();
    if (hooks.isEmpty()) {
      return lines;
    }
    lines.add("  " + style.dim("hooks"));
    TextTable table = new TextTable();
    for (HookReport hook : hooks) {
      table.row(
          hook.owner(),
          hook.kind(),
          hook.type() + " " + hook.target(),
          state(hook, style),
          hook.detail());
    }
    lines.addAll(table.lines("    "));
    return lines;
  }

  private static String state(HookReport hook, Style style) {
    String tries = hook.tries() > 1 ? " after " + hook.tries() + " tries" : "";
    String words = hook.state().words() + tries;
    return hook.state() == HookDelivery.State.FAILED ? style.yellow(words) : words;
  }

  /** Render what hooks have put on record. */
  public static List<String> annotations(List<Annotation> annotations, Style style) {
    List<String> lines = new ArrayList<>();
    if (annotations.isEmpty()) {
      return lines;
    }
    lines.add("  " + style.dim("annotations"));
    TextTable table = new TextTable();
    for (Annotation annotation : annotations) {
      String entity =
          annotation.entityId().isEmpty() && annotation.entityType().equals("build")
              ? "run"
              : (annotation.entityType() + " " + annotation.entityId()).strip();
      table.row(entity, annotation.key(), annotation.value());
    }
    lines.addAll(table.lines("    "));
    return lines;
  }

  /**
   * Render the notifications of a plan.
   *
   * @param steps the names of the steps by number
   */
  public static List<String> planned(Hooks hooks, Map<Integer, String> steps, Style style) {
    List<String> lines = new ArrayList<>();
    if (hooks.sends().isEmpty()) {
      return lines;
    }
    lines.add(style.bold("hooks"));
    TextTable table = new TextTable();
    for (Hook hook : hooks.sends()) {
      table.row(
          hook.step() == Hooks.RUN
              ? "run"
              : "step " + hook.step() + " " + steps.getOrDefault(hook.step(), ""),
          hook.kind().word(),
          hook.target().type(),
          hook.target().shown());
    }
    lines.addAll(table.lines("  "));
    return lines;
  }
}
