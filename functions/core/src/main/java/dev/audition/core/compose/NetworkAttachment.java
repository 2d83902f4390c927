package dev.audition.core.compose;

import java.util.List;

/** A service's place in one network: its further names there. */
public record NetworkAttachment(List<String> aliases) {
  public NetworkAttachment {
    aliases = List.copyOf(aliases);
  }
}
