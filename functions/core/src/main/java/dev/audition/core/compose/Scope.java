package dev.audition.core.compose;

import dev.audition.core.expression.Variables;
import java.util.ArrayList;
import java.util.List;

/**
 * What holds while a document is loaded.
 *
 * @param directory absolute path that its relative paths are resolved against
 * @param variables what its variables are looked up in
 * @param chain the files that led here by include, the outermost first
 */
record Scope(String directory, Variables variables, List<String> chain) {
  Scope {
    chain = List.copyOf(chain);
  }

  /** Return the scope of a document that this one includes. */
  Scope including(String path, String otherDirectory, Variables otherVariables) {
    List<String> longer = new ArrayList<>(chain);
    longer.add(path);
    return new Scope(otherDirectory, otherVariables, longer);
  }
}
