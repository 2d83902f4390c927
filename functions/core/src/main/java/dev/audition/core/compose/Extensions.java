package dev.audition.core.compose;

import dev.audition.core.diagnostic.Category;
import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Entry;
import dev.audition.core.tree.TreeNode.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Works out {@code extends}: services that begin as another one, of this file or another. */
final class Extensions {
  private static final Set<String> KEYS = Set.of("file", "service");

  private final Documents documents;
  private final Reading reading;
  private final Map<String, Mapping> done = new HashMap<>();

  Extensions(Documents documents, Reading reading) {
    this.documents = documents;
    this.reading = reading;
  }

  /** One service on the way to its base. */
  private record Place(String file, String service) {}

  /** Return the services with what they extend worked in. */
  Mapping resolved(Mapping services, Scope scope) {
    List<Entry> entries = new ArrayList<>();
    for (Entry entry : services.entries()) {
      entries.add(
          entry.value() instanceof Mapping service && service.find("extends").isPresent()
              ? new Entry(
                  entry.key(),
                  entry.keyLocation(),
                  service(entry.key(), service, services, "", scope, List.of()))
              : entry);
    }
    return new Mapping(entries, services.tag(), services.location());
  }

  /**
   * Work out one service.
   *
   * @param file absolute path of the file the services are of; empty for the first one
   * @param chain the services that led here
   */
  private Mapping service(
      String name, Mapping service, Mapping services, String file, Scope scope, List<Place> chain) {
    Entry written = service.entry("extends").orElse(null);
    if (written == null) {
      return service;
    }
    Mapping known = done.get(file + "\n" + name);
    if (known != null) {
      return known;
    }
    Mapping own = service.without("extends");
    Field field =
        new Field(
            "services." + name + ".extends",
            "extends",
            written.keyLocation(),
            written.value(),
            reading.diagnostics());
    List<Place> longer = new ArrayList<>(chain);
    longer.add(new Place(file, name));
    Mapping base = field.isNull() ? null : base(field, services, file, scope, longer);
    Mapping extended = base == null ? own : TreeMerge.service(base, own);
    done.put(file + "\n" + name, extended);
    return extended;
  }

  private @Nullable Mapping base(
      Field field, Mapping services, String file, Scope scope, List<Place> chain) {
    Field serviceField = field.isMapping() ? field.find("service") : field;
    if (field.isMapping()) {
      field.onlyKeys("key of extends", KEYS);
    }
    String service = serviceField == null ? null : serviceField.text("the name of a service");
    if (serviceField == null || service == null) {
      if (serviceField == null) {
        field.invalid("the compose specification wants a service in extends", "");
      }
      return null;
    }
    Field fileField = field.find("file");
    String written = fileField == null ? null : fileField.text("a path");
    if (fileField == null || written == null) {
      return found(serviceField, service, services, file, scope, chain);
    }
    String path = Paths.resolve(scope.directory(), written);
    Scope other = new Scope(Paths.parent(path), scope.variables(), scope.chain());
    Mapping root = documents.parse(path, fileField, "extended file", other);
    if (root == null) {
      return null;
    }
    if (!(root.find("services").orElse(null) instanceof Mapping theirs)) {
      fileField.invalid("%s has no services".formatted(reading.files().display(path)), "");
      return null;
    }
    return found(serviceField, service, theirs, path, other, chain);
  }

  private @Nullable Mapping found(
      Field field, String service, Mapping services, String file, Scope scope, List<Place> chain) {
    Place place = new Place(file, service);
    if (chain.contains(place) || chain.size() >= Budget.DEPTH) {
      refuseCircle(field, place, chain);
      return null;
    }
    TreeNode base = services.find(service).orElse(null);
    if (base == null) {
      field.invalid(
          "extends names the service \"%s\", which %s does not have"
              .formatted(service, file.isEmpty() ? "this file" : reading.files().display(file)),
          Nearest.remedy(service, services.keys()));
      return null;
    }
    return base instanceof Mapping mapping
        ? service(service, mapping, services, file, scope, chain)
        : null;
  }

  private void refuseCircle(Field field, Place place, List<Place> chain) {
    int from = chain.indexOf(place);
    if (from < 0) {
      field.refuse(
          Category.SIZE,
          "extends leads more than %d services deep".formatted(Budget.DEPTH),
          "Extend a service further up.");
      return;
    }
    List<Place> circle = new ArrayList<>(chain.subList(from, chain.size()));
    circle.add(place);
    field.invalid(
        "extends goes round in a circle: "
            + String.join(" -> ", circle.stream().map(this::shown).toList()),
        "Remove one of them.");
  }

  private String shown(Place place) {
    return place.file().isEmpty()
        ? place.service()
        : "%s (%s)".formatted(place.service(), reading.files().display(place.file()));
  }
}
