package dev.audition.core.run;

import dev.audition.core.hook.Annotation;
import dev.audition.core.hook.AnnotationChange;
import dev.audition.core.hook.Hook;
import dev.audition.core.hook.HookKind;
import dev.audition.core.hook.HookTarget;
import dev.audition.core.hook.HookUrl;
import dev.audition.core.hook.Hooks;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hooks as JSON. */
final class HooksJson {
  private HooksJson() {}

  static HookKind kind(String word) {
    return HookKind.of(word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "hook: \"%s\" (expected: on_success, on_fail or on_finish)".formatted(word)));
  }

  /** Write hooks; null where there are none. */
  static @Nullable TreeNode write(RunHooks hooks) {
    if (hooks.equals(RunHooks.NONE)) {
      return null;
    }
    return new JsonObject()
        .list("sends", hooks.defined().sends().stream().map(HooksJson::write).toList())
        .list("changes", hooks.defined().changes().stream().map(HooksJson::write).toList())
        .list("deliveries", hooks.deliveries().stream().map(HooksJson::write).toList())
        .build();
  }

  static RunHooks read(JsonFields fields) {
    return new RunHooks(
        new Hooks(fields.list("sends", HooksJson::hook), fields.list("changes", HooksJson::change)),
        fields.list("deliveries", HooksJson::delivery));
  }

  private static TreeNode write(Hook hook) {
    JsonObject object =
        new JsonObject()
            .number("step", hook.step())
            .put("kind", hook.kind().word())
            .number("number", hook.number())
            .put("type", hook.target().type());
    switch (hook.target()) {
      case HookTarget.Webhook(var url, var secret) -> put(object, url).put("secret", secret);
      case HookTarget.Slack(var url) -> put(object, url);
      case HookTarget.Sns(var topic) -> object.put("topic", topic);
      case HookTarget.EventBridge(var bus) -> object.put("bus", bus);
    }
    return object.build();
  }

  private static JsonObject put(JsonObject object, HookUrl url) {
    return object.put(url.named() ? "urlFrom" : "url", url.text());
  }

  private static Hook hook(JsonFields fields) {
    return new Hook(
        fields.number("step"),
        fields.required("kind", HooksJson::kind),
        fields.number("number"),
        target(fields));
  }

  private static HookTarget target(JsonFields fields) {
    String type = fields.text("type");
    return switch (type) {
      case "webhook" -> new HookTarget.Webhook(url(fields), fields.textOrNull("secret"));
      case "slack" -> new HookTarget.Slack(url(fields));
      case "sns" -> new HookTarget.Sns(fields.text("topic"));
      case "eventbridge" -> new HookTarget.EventBridge(fields.text("bus"));
      default ->
          throw new IllegalArgumentException(
              "hook type: \"%s\" (expected: webhook, slack, sns or eventbridge)".formatted(type));
    };
  }

  private static HookUrl url(JsonFields fields) {
    String named = fields.textOrNull("urlFrom");
    return named == null ? HookUrl.of(fields.text("url")) : HookUrl.named(named);
  }

  private static TreeNode write(AnnotationChange change) {
    return new JsonObject()
        .number("step", change.step())
        .put("kind", change.kind().word())
        .put("entityType", change.annotation().entityType())
        .put("entityId", change.annotation().entityId())
        .put("key", change.annotation().key())
        .put("value", change.annotation().value())
        .flag("removed", change.removed())
        .build();
  }

  private static AnnotationChange change(JsonFields fields) {
    return new AnnotationChange(
        fields.number("step"),
        fields.required("kind", HooksJson::kind),
        new Annotation(
            fields.text("entityType"),
            fields.text("entityId"),
            fields.text("key"),
            fields.text("value")),
        fields.flag("removed"));
  }

  private static TreeNode write(HookDelivery delivery) {
    return new JsonObject()
        .number("step", delivery.step())
        .put("kind", delivery.kind().word())
        .number("number", delivery.number())
        .put("state", delivery.state())
        .number("queued", delivery.queued())
        .number("tries", delivery.tries())
        .put("detail", delivery.detail())
        .put("changedAt", delivery.changedAt())
        .build();
  }

  private static HookDelivery delivery(JsonFields fields) {
    return new HookDelivery(
        fields.number("step"),
        fields.required("kind", HooksJson::kind),
        fields.number("number"),
        fields.required("state", HookDelivery.State::valueOf),
        fields.number("queued"),
        fields.number("tries"),
        fields.text("detail"),
        fields.required("changedAt", Instant::parse));
  }
}
