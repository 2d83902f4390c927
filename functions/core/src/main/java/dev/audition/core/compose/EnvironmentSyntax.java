package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.expression.VariableLookup;
import dev.audition.core.source.SourceFiles;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/** Reads {@code environment} and the files of {@code env_file}. */
final class EnvironmentSyntax {
  /** The values of env files until they are put under those of the environment. */
  static final ServiceKey<SequencedMap<String, String>> ENV_FILE = new ServiceKey<>("env_file");

  private static final Set<String> FILE_KEYS = Set.of("path", "required", "format");

  private final Reading reading;

  EnvironmentSyntax(Reading reading) {
    this.reading = reading;
  }

  /** Read {@code environment}; a name without a value gets the variable's, or is left out. */
  SequencedMap<String, String> environment(Field field) {
    SequencedMap<String, String> environment = new LinkedHashMap<>();
    field
        .keyed()
        .forEach(
            (name, value) -> {
              if (name.isEmpty()) {
                value.invalid(
                    "the compose specification has NAME=VALUE here, and there is no name",
                    "Put a name in front of the sign.");
              } else if (value.isNull()) {
                reading
                    .variable(name, value.location())
                    .ifPresent(found -> environment.put(name, found));
              } else {
                String text = value.printed("text, a number, true or false");
                if (text != null) {
                  environment.put(name, text);
                }
              }
            });
    return environment;
  }

  /**
   * Read {@code env_file}; later files win over earlier ones.
   *
   * <p>In a file <code>${NAME}</code> is the variable, as elsewhere in the composition; where there
   * is none, what the service's environment has, or else what stands before it in the file, or in
   * an earlier one.
   *
   * @param environment the service's own
   */
  SequencedMap<String, String> files(Field field, Map<String, String> environment) {
    SequencedMap<String, String> values = new LinkedHashMap<>();
    for (Field item : field.itemsOrOne("a path or a list of paths")) {
      if (item.isMapping()) {
        item.onlyKeys("key of an env_file", FILE_KEYS);
        Field path = item.find("path");
        if (path == null) {
          item.invalid("the compose specification wants a path here", "");
        } else {
          file(path, required(item), raw(item), values, environment);
        }
      } else {
        file(item, true, false, values, environment);
      }
    }
    return values;
  }

  private static boolean required(Field item) {
    Field required = item.find("required");
    return required == null || !Boolean.FALSE.equals(required.bool());
  }

  private static boolean raw(Field item) {
    Field format = item.find("format");
    String text = format == null ? null : format.text();
    if (format != null && text != null && !text.equals("raw")) {
      format.invalid(
          "\"%s\" is not a format of env files".formatted(text),
          Nearest.remedy(text, List.of("raw")));
    }
    return "raw".equals(text);
  }

  private void file(
      Field path,
      boolean required,
      boolean raw,
      SequencedMap<String, String> values,
      Map<String, String> environment) {
    String written = path.text("a path");
    if (written == null) {
      return;
    }
    String resolved = reading.resolve(written, path.location());
    String shown = reading.files().display(resolved);
    switch (reading.files().read(resolved)) {
      case SourceFiles.Content.Text content -> {
        if (reading.budget().file() && reading.budget().characters(content.text().length())) {
          parse(content.text(), shown, raw, values, environment, path);
        } else {
          path.refuse(Category.SIZE, "the env files together are too large", "Use fewer of them.");
        }
      }
      case SourceFiles.Content.Missing() -> {
        if (required) {
          reading.needed(
              path,
              Category.MISSING_FILE,
              "env_file %s does not exist".formatted(shown),
              "Make it, or list it as {path: %s, required: false}.".formatted(written));
        }
      }
      case SourceFiles.Content.Unreadable(String reason) ->
          path.refuse(
              Category.MISSING_FILE, "env_file %s cannot be read: %s".formatted(shown, reason), "");
    }
  }

  private void parse(
      String text,
      String shown,
      boolean raw,
      SequencedMap<String, String> values,
      Map<String, String> environment,
      Field path) {
    VariableLookup inherited =
        name ->
            Optional.ofNullable(values.get(name)).or(() -> reading.variable(name, path.location()));
    values.putAll(
        raw
            ? EnvFile.parseRaw(text, inherited)
            : EnvFile.parse(
                text,
                shown,
                inherited,
                (value, ownNames, where) ->
                    reading.inEnvFile(
                        value,
                        name ->
                            Optional.ofNullable(environment.get(name))
                                .or(() -> ownNames.find(name))
                                .or(() -> Optional.ofNullable(values.get(name))),
                        where),
                path.diagnostics()));
  }

  /** Return the service with the values of its env files under those of its environment. */
  static ServiceConfig joined(ServiceConfig service) {
    SequencedMap<String, String> fromFiles = service.get(ENV_FILE, new LinkedHashMap<>());
    if (fromFiles.isEmpty()) {
      return service.without(ENV_FILE);
    }
    SequencedMap<String, String> environment = new LinkedHashMap<>(fromFiles);
    environment.putAll(service.get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>()));
    return service
        .without(ENV_FILE)
        .with(
            ServiceKey.ENVIRONMENT,
            environment,
            service.find(ServiceKey.ENVIRONMENT).isPresent()
                ? service.locationOf(ServiceKey.ENVIRONMENT)
                : service.locationOf(ENV_FILE));
  }
}
