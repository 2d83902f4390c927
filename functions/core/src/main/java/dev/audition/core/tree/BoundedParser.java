package dev.audition.core.tree;

import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.parser.Parser;

/**
 * Ends the reading of a document that is too deep or has too many nodes, before memory or stack is
 * spent on it.
 */
final class BoundedParser implements Parser {
  private final Parser parser;
  private int depth;
  private int nodes;

  BoundedParser(Parser parser) {
    this.parser = parser;
  }

  /** A limit is passed. */
  static final class LimitException extends YAMLException {
    private static final long serialVersionUID = 1;

    private final transient Mark mark;

    LimitException(String message, Mark mark) {
      super(message);
      this.mark = mark;
    }

    Mark mark() {
      return mark;
    }
  }

  @Override
  public boolean checkEvent(Event.ID choice) {
    return parser.checkEvent(choice);
  }

  @Override
  public Event peekEvent() {
    return parser.peekEvent();
  }

  @Override
  public Event getEvent() {
    Event event = parser.getEvent();
    if (event == null) {
      return event;
    }
    switch (event.getEventId()) {
      case MappingStart, SequenceStart -> {
        depth++;
        nodes++;
      }
      case MappingEnd, SequenceEnd -> depth--;
      case Scalar, Alias -> nodes++;
      case StreamStart, StreamEnd, DocumentStart, DocumentEnd, Comment -> {}
    }
    if (depth > YamlReader.MAXIMUM_DEPTH) {
      throw new LimitException(YamlTree.TOO_DEEP, event.getStartMark());
    }
    if (nodes > YamlReader.MAXIMUM_NODES) {
      throw new LimitException(YamlTree.TOO_MANY, event.getStartMark());
    }
    return event;
  }
}
