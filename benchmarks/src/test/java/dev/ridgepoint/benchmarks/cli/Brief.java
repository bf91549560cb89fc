package dev.ridgepoint.benchmarks.cli;

import java.util.List;
import java.util.stream.Stream;

/** Forks and commands whose times nobody looks at, so that tests take seconds. */
final class Brief {
    /** What compiles everything once, and quickly: no command of a test runs long enough to win by more. */
    static final List<String> JVM = List.of("-XX:TieredStopAtLevel=1");

    /** Options of JMH. */
    static final List<String> JMH =
            List.of("-wi", "1", "-w", "10ms", "-i", "3", "-r", "10ms", "-jvmArgsAppend", JVM.get(0));

    /** The same as a command takes them. */
    static final List<String> WORDS =
            Stream.concat(Stream.of("--"), JMH.stream()).toList();

    private Brief() {}
}
