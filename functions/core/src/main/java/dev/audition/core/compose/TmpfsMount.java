package dev.audition.core.compose;

import java.util.List;

/**
 * A file system in memory.
 *
 * @param options as mount(8) takes them, such as {@code size=64m}
 */
public record TmpfsMount(String target, List<String> options) {
  public TmpfsMount {
    options = List.copyOf(options);
  }
}
