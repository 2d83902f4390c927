package dev.audition.core.plan;

import dev.audition.core.source.SourceFiles;
import java.util.regex.Pattern;

/** Tells what the source of a mount is, by absolute path. */
@FunctionalInterface
interface MountSources {
  /** An extension of a few letters and digits after at least one other character. */
  Pattern FILE_NAME = Pattern.compile(".*/[^/]+\\.[A-Za-z0-9]{1,10}");

  /** Nobody looks: everything is there, and a name with an extension is a file's. */
  MountSources GUESSED =
      path -> FILE_NAME.matcher(path).matches() ? SourceFiles.Kind.FILE : SourceFiles.Kind.FOLDER;

  /** Tell what is at a path. */
  SourceFiles.Kind kind(String path);
}
