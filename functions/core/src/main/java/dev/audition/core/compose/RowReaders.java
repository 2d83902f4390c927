package dev.audition.core.compose;

import dev.audition.core.compose.ServiceKeyRow.Outcome;
import dev.audition.core.compose.ServiceKeyRow.Reader;
import dev.audition.core.diagnostic.Category;
import java.util.LinkedHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes the rows of {@link ServiceKeys}, each with the reader that its outcome asks for. */
final class RowReaders {
  private RowReaders() {}

  static ServiceKeyRow kept(
      String name, String forms, MergeRule merge, String remark, Reader reader) {
    return new ServiceKeyRow(name, forms, merge, Outcome.KEPT, remark, reader);
  }

  static ServiceKeyRow emulated(
      String name, String forms, MergeRule merge, String remark, Reader reader) {
    return new ServiceKeyRow(name, forms, merge, Outcome.EMULATED, remark, reader);
  }

  /** A key that is kept for some values and refused for others. */
  static ServiceKeyRow refusing(
      String name, String forms, MergeRule merge, String remark, Reader reader) {
    return new ServiceKeyRow(name, forms, merge, Outcome.REFUSED, remark, reader);
  }

  static ServiceKeyRow warned(String name, String forms, MergeRule merge, String remark) {
    return new ServiceKeyRow(
        name,
        forms,
        merge,
        Outcome.WARNED,
        remark,
        (field, service, _) -> {
          field.noEffect("%s has no effect here: %s".formatted(name, remark), "");
          return service;
        });
  }

  static ServiceKeyRow ignored(String name, String forms, MergeRule merge, String remark) {
    return new ServiceKeyRow(
        name,
        forms,
        merge,
        Outcome.IGNORED,
        remark,
        (field, service, _) -> {
          field.note("%s has no effect here: %s".formatted(name, remark), "");
          return service;
        });
  }

  static ServiceKeyRow refused(
      String name, String forms, MergeRule merge, Category category, String remark) {
    return new ServiceKeyRow(
        name,
        forms,
        merge,
        Outcome.REFUSED,
        remark,
        (field, service, _) -> {
          if (!field.isEmpty()) {
            field.refuse(category, "%s: %s".formatted(name, remark), "Remove %s.".formatted(name));
          }
          return service;
        });
  }

  /** A key that names a namespace: the host's is refused, others make no difference. */
  static ServiceKeyRow hostOnly(String name, String forms, String what) {
    return new ServiceKeyRow(
        name,
        forms,
        MergeRule.REPLACE,
        Outcome.REFUSED,
        "host is refused: it means %s; other values have no effect".formatted(what),
        (field, service, _) -> {
          String text = field.text();
          if ("host".equals(text)) {
            field.refuse(
                Category.HOST_ACCESS,
                "%s: host means %s".formatted(name, what),
                "Remove %s.".formatted(name));
          } else if (text != null && text.startsWith("container:")) {
            field.refuse(
                Category.EXTERNAL_RESOURCE,
                "\"%s\" is a container that somebody else made".formatted(text),
                "Run it as a service.");
          } else if (text != null && !text.isEmpty()) {
            field.noEffect("%s has no effect here".formatted(name), "");
          }
          return service;
        });
  }

  /** Read a boolean that must not be true. */
  static Reader refusedIfTrue(String why) {
    return (field, service, _) -> {
      if (Boolean.TRUE.equals(field.bool())) {
        field.refuse(Category.HOST_ACCESS, why, "Remove %s.".formatted(field.key()));
      }
      return service;
    };
  }

  /** Read a value that depends on nothing but the node. */
  static <T> Reader value(ServiceKey<T> key, Function<Field, @Nullable T> reader) {
    return (field, service, _) -> set(service, field, key, reader.apply(field));
  }

  /** Read a value that depends on what the reading knows. */
  static <T> Reader read(ServiceKey<T> key, BiFunction<Field, Reading, @Nullable T> reader) {
    return (field, service, reading) -> set(service, field, key, reader.apply(field, reading));
  }

  /** Read {@code env_file}; {@code environment} must be read before. */
  static ServiceConfig envFile(Field field, ServiceConfig service, Reading reading) {
    return set(
        service,
        field,
        EnvironmentSyntax.ENV_FILE,
        new EnvironmentSyntax(reading)
            .files(field, service.get(ServiceKey.ENVIRONMENT, new LinkedHashMap<>())));
  }

  /** Read {@code volumes}; the host's shared memory among them is {@code shm_size}. */
  static ServiceConfig volumes(Field field, ServiceConfig service, Reading reading) {
    VolumeSyntax syntax = new VolumeSyntax(reading);
    ServiceConfig read = set(service, field, ServiceKey.VOLUMES, syntax.read(field));
    return syntax.asksForSharedMemory() && read.find(ServiceKey.SHM_SIZE).isEmpty()
        ? read.with(ServiceKey.SHM_SIZE, HostMounts.SHARED_MEMORY_BYTES, field.keyLocation())
        : read;
  }

  /** Read {@code image}; {@code build} must be read before. */
  static ServiceConfig image(Field field, ServiceConfig service, Reading reading) {
    return set(
        service,
        field,
        ServiceKey.IMAGE,
        service.find(ServiceKey.BUILD).isPresent()
            ? ImageSyntax.readName(field, reading)
            : ImageSyntax.read(field, reading));
  }

  private static <T> ServiceConfig set(
      ServiceConfig service, Field field, ServiceKey<T> key, @Nullable T value) {
    return value == null ? service : service.with(key, value, field.keyLocation());
  }
}
