package dev.audition.core.run.stored;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The texts of a run, by number; each stands there once. */
final class Texts {
  private final List<String> all = new ArrayList<>();
  private final Map<String, Integer> numbers = new HashMap<>();

  Texts(List<String> known) {
    known.forEach(this::add);
  }

  private int add(String text) {
    all.add(text);
    numbers.putIfAbsent(text, all.size() - 1);
    return all.size() - 1;
  }

  /** Return the number of a text, a new one if it has none. */
  int numberOf(String text) {
    Integer number = numbers.get(text);
    return number == null ? add(text) : number;
  }

  List<String> all() {
    return List.copyOf(all);
  }
}
