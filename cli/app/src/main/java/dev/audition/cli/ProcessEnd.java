package dev.audition.cli;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Ends the process at once.
 *
 * <p>{@link Runtime#halt} waits up to 0.3 s for threads that are in native code, and those that
 * read from the engine always are. The verdict is stored and printed by then, so the system's own
 * {@code _exit} does as well; where it cannot be called, halt does it.
 */
final class ProcessEnd {
  private static volatile Optional<MethodHandle> exit = Optional.empty();

  private ProcessEnd() {}

  /** Find the system's function, beside other work: it takes some milliseconds. */
  @SuppressWarnings("restricted") // the launcher allows native access; without it halt ends us
  static void prepare() {
    Linker linker = Linker.nativeLinker();
    Optional<MemorySegment> function = linker.defaultLookup().find("_exit");
    exit =
        function.map(
            address ->
                linker.downcallHandle(address, FunctionDescriptor.ofVoid(ValueLayout.JAVA_INT)));
  }

  /** End the process; what was written to the standard streams must have been flushed. */
  static void now(int exitCode) {
    exit.ifPresent(function -> call(function, exitCode));
    Runtime.getRuntime().halt(exitCode);
  }

  private static void call(MethodHandle function, int exitCode) {
    try {
      function.invokeExact(exitCode);
    } catch (Throwable e) {
      Runtime.getRuntime()
          .halt(exitCode); // a method handle declares everything; _exit throws nothing
    }
  }
}
