package dev.audition.core.task;

/** A volume of a task definition. */
public sealed interface TaskVolume {
  /** Return its name in the task definition. */
  String name();

  /** Starts empty, mode 1777, ends with the task. */
  record Empty(String name) implements TaskVolume {}

  /**
   * A folder or file of this machine. Laptop only.
   *
   * @param path absolute
   * @param create whether an empty folder is made if nothing is there
   */
  record Host(String name, String path, boolean create) implements TaskVolume {}

  /**
   * A file with this text. Laptop only.
   *
   * @param text secret values may be in it: it never goes into state, logs or events
   */
  record Text(String name, String text) implements TaskVolume {
    @Override
    public String toString() {
      return "Text[name=" + name + "]";
    }
  }
}
