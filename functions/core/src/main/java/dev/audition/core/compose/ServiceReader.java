package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.diagnostic.Diagnostic;
import dev.audition.core.diagnostic.Diagnostics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads services by the rows of {@link ServiceKeys}. */
final class ServiceReader {
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]+");

  /** Keys whose reading looks at other keys, and so comes after them. */
  private static final List<String> LAST = List.of("env_file", "image", "dockerfile", "deploy");

  private final Reading reading;

  ServiceReader(Reading reading) {
    this.reading = reading;
  }

  /**
   * Read a mapping of services.
   *
   * <p>Of services that the profiles leave out only mistakes are told: what they ask for does not
   * matter.
   *
   * @param selected names of services that are in whatever their profiles say
   */
  SequencedMap<String, ServiceConfig> readSelected(Field services, Set<String> selected) {
    SequencedMap<String, ServiceConfig> read = new LinkedHashMap<>();
    List<Field> entries = services.entries("a mapping of names to services");
    if (entries.size() > Budget.SERVICES) {
      services.refuse(
          Category.SIZE,
          "there are %d services; %d are the most".formatted(entries.size(), Budget.SERVICES),
          "Split the composition.");
      entries = entries.subList(0, Budget.SERVICES);
    }
    for (Field entry : entries) {
      Diagnostics found = new Diagnostics();
      ServiceConfig service = read(entry.reportingTo(found));
      boolean in = selected.contains(entry.key()) || active(service);
      for (Diagnostic diagnostic : found.sorted()) {
        if (in || (diagnostic.refuses() && diagnostic.category() == Category.INVALID)) {
          reading.diagnostics().add(diagnostic);
        }
      }
      if (in) {
        read.put(entry.key(), service);
      }
    }
    return read;
  }

  private boolean active(ServiceConfig service) {
    List<String> profiles = service.get(ServiceKey.PROFILES, List.of());
    List<String> asked = reading.profiles();
    return profiles.isEmpty() || asked.contains("*") || profiles.stream().anyMatch(asked::contains);
  }

  /** Read one service. */
  ServiceConfig read(Field field) {
    ServiceConfig service = new ServiceConfig(field.key(), field.keyLocation());
    if (!NAME.matcher(field.key()).matches()) {
      field.invalid(
          "\"%s\" is not a service name by the compose specification".formatted(field.key()),
          "Use letters, digits, _, . and -.");
    }
    if (!field.isMapping()) {
      field.wrongType("a mapping with image or build");
      return service;
    }
    List<Field> keys = new ArrayList<>(field.entries(""));
    keys.sort(Comparator.comparingInt(key -> LAST.indexOf(key.key())));
    for (Field key : keys) {
      ServiceKeyRow row = ServiceKeys.find(key.key());
      if (row != null && !key.isNull()) {
        service = row.reader().read(key, service, reading);
      } else if (row == null && !key.key().startsWith("x-")) {
        key.unknownKey("service key", ServiceKeys.names());
      }
    }
    return service;
  }
}
