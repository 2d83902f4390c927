package dev.audition.handlers.wire;

import dev.audition.core.tree.Tree;
import dev.audition.core.tree.TreeNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** How a point in time is written. */
enum Times {
  /** The API: seconds since 1970, with a fraction. */
  EPOCH_SECONDS {
    @Override
    TreeNode render(Instant time) {
      return Tree.number(time.toEpochMilli() / 1000.0);
    }
  },

  /** Events. */
  TEXT {
    private static final DateTimeFormatter FORMAT =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    @Override
    TreeNode render(Instant time) {
      return Tree.text(FORMAT.format(time));
    }
  };

  abstract TreeNode render(Instant time);
}
