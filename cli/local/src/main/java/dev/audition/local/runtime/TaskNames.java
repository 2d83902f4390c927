package dev.audition.local.runtime;

import dev.audition.core.task.TaskArn;

/** What the containers and volumes of a task are called in the engine. */
record TaskNames(String startedBy, TaskArn arn) {
  private static final int SHORT = 8;

  /** Return a container's name, which a person can type. */
  String container(String name) {
    return "audition-%s-%s".formatted(plain(startedBy), plain(name));
  }

  /** Return a container's name for where the first choice is taken. */
  String otherContainer(String name) {
    return container(name) + "-" + unique();
  }

  /** Return a volume's name: never that of an earlier launch, whose content would show. */
  String volume(String name) {
    return "audition-%s-%s-%s".formatted(plain(startedBy), plain(name), unique());
  }

  private String unique() {
    return arn.value().substring(arn.value().length() - SHORT);
  }

  private static String plain(String text) {
    return text.replaceAll("[^A-Za-z0-9_.-]", "-");
  }
}
