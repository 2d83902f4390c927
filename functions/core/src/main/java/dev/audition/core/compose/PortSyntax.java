package dev.audition.core.compose;

import dev.audition.core.tree.TreeNode;
import dev.audition.core.tree.TreeNode.Mapping;
import dev.audition.core.tree.TreeNode.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code ports} and {@code expose}, short and long form. */
final class PortSyntax {
  private static final Pattern RANGE = Pattern.compile("(\\d{1,5})(?:-(\\d{1,5}))?");
  private static final Pattern HOST =
      Pattern.compile(
          "(?:(\\[[0-9a-fA-F:.]+]|\\d{1,3}(?:\\.\\d{1,3}){3}|):)?(\\d{1,5}(?:-\\d{1,5})?)?");
  private static final Set<String> LONG_KEYS =
      Set.of("name", "mode", "host_ip", "target", "published", "protocol", "app_protocol");
  private static final String EXPECTED =
      "expected: [[address:]host:]container[/tcp|udp], such as 8080:80";

  private PortSyntax() {}

  /** From first to last, both included. */
  private record Range(int first, int last) {
    int size() {
      return last - first + 1;
    }
  }

  /** Read {@code ports}. */
  static List<PortMapping> ports(Field field, Reading reading) {
    List<PortMapping> ports = new ArrayList<>();
    for (Field item : field.itemsOrOne("a list of ports")) {
      if (item.isMapping()) {
        longForm(item, reading, ports);
      } else {
        String text = item.text("a port");
        if (text != null) {
          shortForm(item, text, reading, ports);
        }
      }
    }
    noteHostSide(field, ports);
    return ports;
  }

  /** Read {@code expose}. */
  static List<PortMapping> expose(Field field, Reading reading) {
    List<PortMapping> ports = new ArrayList<>();
    for (Field item : field.itemsOrOne("a list of ports")) {
      String text = item.text("a port");
      if (text != null) {
        if (text.indexOf(':') >= 0) {
          item.invalid(
              "\"%s\" is not a port to expose (expected: port[/tcp|udp])".formatted(text),
              "Publish it under ports, or write the container's port alone.");
        } else {
          shortForm(item, text, reading, ports);
        }
      }
    }
    return ports;
  }

  private static void noteHostSide(Field field, List<PortMapping> ports) {
    if (ports.stream().anyMatch(port -> !port.published().isEmpty())) {
      field.note(
          "the host's side of published ports is not mapped",
          "Containers reach one another by service name and container port.");
    }
  }

  private static void shortForm(Field item, String text, Reading reading, List<PortMapping> ports) {
    int slash = text.indexOf('/');
    String protocol = slash < 0 ? "tcp" : text.substring(slash + 1).toLowerCase(Locale.ROOT);
    String rest = slash < 0 ? text : text.substring(0, slash);
    int colon = rest.lastIndexOf(':');
    Range container = range(rest.substring(colon + 1));
    String host = colon < 0 ? "" : rest.substring(0, colon);
    if (container == null || !hostFits(host, container)) {
      reading.invalid(item, "\"%s\" is not a port (%s)".formatted(text, EXPECTED), "");
      return;
    }
    add(item, container, protocol, host, reading, ports);
  }

  private static void longForm(Field item, Reading reading, List<PortMapping> ports) {
    item.onlyKeys("key of a port", LONG_KEYS);
    Field target = item.find("target");
    if (target == null) {
      item.invalid("a port in the long form needs target", "Name the container's port as target.");
      return;
    }
    String text = target.text("a port");
    Range container = text == null ? null : range(text);
    if (text != null && container == null) {
      target.invalid("\"%s\" is not a port (expected: 1 to 65535)".formatted(text), "");
    }
    String published = text(item, "published");
    String address = text(item, "host_ip");
    String host = address.isEmpty() ? published : address + ":" + published;
    String protocol = text(item, "protocol");
    if (container != null) {
      if (!published.isEmpty() && range(published) == null) {
        item.invalid("published: \"%s\" is not a port or range".formatted(published), "");
        return;
      }
      add(item, container, protocol.isEmpty() ? "tcp" : protocol, host, reading, ports);
    }
  }

  private static String text(Field item, String key) {
    Field field = item.find(key);
    String text = field == null || field.isNull() ? null : field.text();
    return text == null ? "" : text;
  }

  private static void add(
      Field item,
      Range container,
      String protocol,
      String host,
      Reading reading,
      List<PortMapping> ports) {
    if (protocol.equals("sctp")) {
      item.noEffect("sctp ports are not known here", "Use tcp or udp.");
      return;
    }
    if (!protocol.equals("tcp") && !protocol.equals("udp")) {
      item.invalid("\"%s\" is not a protocol (expected: tcp or udp)".formatted(protocol), "");
      return;
    }
    if (!reading.budget().ports(container.size(), item)) {
      return;
    }
    for (int port = container.first(); port <= container.last(); port++) {
      ports.add(new PortMapping(port, protocol, published(host, container, port), item.location()));
    }
  }

  /** Of a range, each port has its own host port; a range for a single port stays one. */
  private static String published(String host, Range container, int port) {
    int colon = host.lastIndexOf(':');
    Range hostRange = range(host.substring(colon + 1));
    if (hostRange == null || container.size() == 1) {
      return host;
    }
    return host.substring(0, colon + 1) + (hostRange.first() + port - container.first());
  }

  private static boolean hostFits(String host, Range container) {
    if (host.isEmpty()) {
      return true;
    }
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      return false;
    }
    String ports = matcher.group(2);
    if (ports == null) {
      return matcher.group(1) != null;
    }
    Range range = hostRange(ports);
    return range != null && (container.size() == 1 || container.size() == range.size());
  }

  /** The host's port may be 0: any. */
  private static @Nullable Range hostRange(String text) {
    return text.equals("0") ? new Range(0, 0) : range(text);
  }

  private static @Nullable Range range(String text) {
    Matcher matcher = RANGE.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
    return first >= 1 && first <= last && last <= 65535 ? new Range(first, last) : null;
  }

  /** Return what makes two entries of {@code ports} the same one, whatever their form. */
  static String identity(TreeNode node) {
    return switch (node) {
      case Scalar scalar -> scalar.text().replaceFirst("/tcp$", "");
      case Mapping mapping -> {
        String address = part(mapping, "host_ip");
        String published = part(mapping, "published");
        String protocol = part(mapping, "protocol");
        yield (address.isEmpty() ? "" : address + ":")
            + (published.isEmpty() && address.isEmpty() ? "" : published + ":")
            + part(mapping, "target")
            + (protocol.isEmpty() || protocol.equals("tcp") ? "" : "/" + protocol);
      }
      case TreeNode.Sequence sequence -> sequence.location().toString();
    };
  }

  private static String part(Mapping mapping, String key) {
    return mapping.find(key).orElse(null) instanceof Scalar scalar ? scalar.text() : "";
  }
}
