package dev.audition.core.compose;

import dev.audition.core.diagnostic.Located;
import dev.audition.core.diagnostic.SourceLocation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * One service: its name, the place of its name, and the typed values of its keys.
 *
 * <p>A key that the author did not write is absent; the specification's default then holds.
 */
public final class ServiceConfig {
  private final String name;
  private final SourceLocation location;
  private final SequencedMap<ServiceKey<?>, Located<?>> values;

  /** Make a service without keys. */
  public ServiceConfig(String name, SourceLocation location) {
    this(name, location, new LinkedHashMap<>());
  }

  private ServiceConfig(
      String name, SourceLocation location, SequencedMap<ServiceKey<?>, Located<?>> values) {
    this.name = name;
    this.location = location;
    this.values = Collections.unmodifiableSequencedMap(values);
  }

  /** Return the service's name as written. */
  public String name() {
    return name;
  }

  /** Return where the service's name stands. */
  public SourceLocation location() {
    return location;
  }

  /** Find a key's value. */
  @SuppressWarnings("unchecked") // with() is the only way in, and it ties the value to its key
  public <T> Optional<T> find(ServiceKey<T> key) {
    Located<?> located = values.get(key);
    return located == null ? Optional.empty() : Optional.of((T) located.value());
  }

  /** Return a key's value, or the default given. */
  public <T> T get(ServiceKey<T> key, T absent) {
    return find(key).orElse(absent);
  }

  /** Return where a key stands; where it does not, the place of the service's name. */
  public SourceLocation locationOf(ServiceKey<?> key) {
    Located<?> located = values.get(key);
    return located == null ? location : located.location();
  }

  /** Return the keys that have a value, in the order they came. */
  public Iterable<ServiceKey<?>> keys() {
    return values.keySet();
  }

  /** Return this service with a key's value set. */
  public <T> ServiceConfig with(ServiceKey<T> key, T value, SourceLocation where) {
    Map<ServiceKey<?>, Located<?>> changed = new LinkedHashMap<>(values);
    changed.put(key, new Located<>(value, where));
    return new ServiceConfig(name, location, new LinkedHashMap<>(changed));
  }

  /** Return this service without a key. */
  public ServiceConfig without(ServiceKey<?> key) {
    SequencedMap<ServiceKey<?>, Located<?>> changed = new LinkedHashMap<>(values);
    changed.remove(key);
    return new ServiceConfig(name, location, changed);
  }

  /** Return this service under another name. */
  public ServiceConfig named(String otherName, SourceLocation where) {
    return new ServiceConfig(otherName, where, new LinkedHashMap<>(values));
  }

  @Override
  public String toString() {
    return name + values;
  }
}
