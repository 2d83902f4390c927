package dev.audition.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Ctrl-C and SIGTERM: the first asks, the second kills.
 *
 * <p>The JDK has no public way to see a second signal while the first is handled, so the signal
 * class of {@code jdk.unsupported} is used by name; where it is missing, signals keep their usual
 * effect and the keeper cleans up.
 */
final class Interrupts {
  private static final int KILLED_BY_INTERRUPT = 130;

  private Interrupts() {}

  /**
   * Run an action at the first signal, halt at the second.
   *
   * @param action gets the signal's name: INT or TERM
   */
  static void onFirst(Consumer<String> action) {
    AtomicInteger count = new AtomicInteger();
    Consumer<String> handler =
        signal -> {
          if (count.incrementAndGet() == 1) {
            Thread.ofPlatform().name("interrupt").start(() -> action.accept(signal));
          } else {
            Runtime.getRuntime().halt(KILLED_BY_INTERRUPT);
          }
        };
    handle("INT", handler);
    handle("TERM", handler);
  }

  @SuppressWarnings("ReferenceEquality") // a proxy is equal to itself only
  private static void handle(String signal, Consumer<String> handler) {
    try {
      Class<?> signalType = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Interrupts.class.getClassLoader(),
              new Class<?>[] {handlerType},
              (self, method, arguments) ->
                  switch (method.getName()) {
                    case "handle" -> {
                      handler.accept(signal);
                      yield null;
                    }
                    case "hashCode" -> System.identityHashCode(self);
                    case "equals" -> arguments != null && self == arguments[0];
                    default -> "interrupts";
                  });
      Method handle = signalType.getMethod("handle", signalType, handlerType);
      var _ =
          handle.invoke(null, signalType.getConstructor(String.class).newInstance(signal), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // the signal keeps its usual effect: the process ends and the keeper removes what it made
      return;
    }
  }
}
