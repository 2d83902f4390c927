package dev.audition.core.compose;

import dev.audition.core.diagnostic.Diagnostics;
import dev.audition.core.expression.Variables;
import dev.audition.core.source.SourceFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code .env} of a project directory as its weakest source of variables. */
record DotEnv(SourceFiles files, VariableLog log, Diagnostics diagnostics, Budget budget) {

  /**
   * Return the variables with those of the directory's {@code .env} added as the weakest, and after
   * them {@code PWD}, which compose files use for the project directory.
   *
   * @param directory null to add nothing
   */
  Variables added(Variables variables, @Nullable String directory) {
    if (directory == null) {
      return variables;
    }
    Variables withFile = withFile(variables, Paths.resolve(directory, ".env"));
    List<Variables.Source> sources = new ArrayList<>(withFile.sources());
    sources.add(Variables.Source.of("project directory", Map.of("PWD", directory)));
    return new Variables(sources);
  }

  /** Return the variables with those of a file added as the weakest; a missing file adds none. */
  Variables withFile(Variables variables, String path) {
    if (!(files.read(path) instanceof SourceFiles.Content.Text content)) {
      return variables;
    }
    budget.characters(content.text().length());
    String shown = files.display(path);
    SequencedMap<String, String> values =
        EnvFile.parse(
            content.text(),
            shown,
            variables,
            (text, ownNames, where) -> Reading.inEnvFile(log, variables, text, ownNames, where),
            diagnostics);
    List<Variables.Source> sources = new ArrayList<>(variables.sources());
    sources.add(new Variables.Source(shown.endsWith("/.env") ? ".env" : shown, values));
    return new Variables(sources);
  }
}
