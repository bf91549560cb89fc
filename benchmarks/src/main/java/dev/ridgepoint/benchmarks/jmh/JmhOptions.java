package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.plan.Protocol;
import dev.ridgepoint.benchmarks.plan.Protocol.Iterations;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Optional;

/**
 * JMH options given after {@code --}. Passed through: {@code -wi -w -i -r} (they make the protocol a custom one),
 * {@code -jvm -jvmArgs -jvmArgsAppend -jvmArgsPrepend}, {@code -prof}, {@code -gc}, {@code -v}, {@code -to}. Refused,
 * because Ridgepoint decides them: forks, threads, modes, units, batches, parameters, result files and names.
 */
public final class JmhOptions {
    private static final Set<String> PASSED = Set.of(
            "-wi",
            "-w",
            "-i",
            "-r",
            "-jvm",
            "-jvmArgs",
            "-jvmArgsAppend",
            "-jvmArgsPrepend",
            "-prof",
            "-gc",
            "-v",
            "-to");

    private final List<String> arguments;
    private final CommandLineOptions parsed;

    private JmhOptions(List<String> arguments, CommandLineOptions parsed) {
        this.arguments = List.copyOf(arguments);
        this.parsed = parsed;
    }

    /**
     * Reads the options.
     *
     * @throws IllegalArgumentException naming the option JMH does not know or Ridgepoint does not pass on
     */
    public static JmhOptions parse(List<String> arguments) {
        for (String argument : arguments) {
            if (argument.startsWith("-") && !PASSED.contains(argument) && !isValue(argument)) {
                throw new IllegalArgumentException("JMH option " + argument + " is not passed through; these are: "
                        + String.join(" ", PASSED.stream().sorted().toList()));
            }
        }
        try {
            CommandLineOptions parsed = new CommandLineOptions(arguments.toArray(String[]::new));
            if (!parsed.getIncludes().isEmpty()) {
                throw new IllegalArgumentException("'" + parsed.getIncludes().get(0)
                        + "' is no option; choose cases with --suite, --op, --model, --phase, --precision");
            }
            return new JmhOptions(arguments, parsed);
        } catch (CommandLineOptionException e) {
            throw new IllegalArgumentException("JMH options after --: " + e.getMessage(), e);
        }
    }

    /** JVM flags are values of {@code -jvmArgs} and its kin, though they start with a dash. */
    private static boolean isValue(String argument) {
        return argument.startsWith("-X") || argument.startsWith("-D") || argument.startsWith("--");
    }

    /** As they were typed. */
    public List<String> arguments() {
        return arguments;
    }

    /** Flags of the forks: ours, then the user's. */
    public List<String> jvmFlags() {
        List<String> flags = new ArrayList<>(parsed.getJvmArgsPrepend().orElse(List.of()));
        flags.addAll(ForkJvm.flags());
        flags.addAll(parsed.getJvmArgs().orElse(List.of()));
        flags.addAll(parsed.getJvmArgsAppend().orElse(List.of()));
        return List.copyOf(flags);
    }

    CommandLineOptions parsed() {
        return parsed;
    }

    /** The protocol with the iterations asked for here. */
    public Protocol applyTo(Protocol protocol) {
        return protocol.withIterations(
                new Iterations(
                        parsed.getWarmupIterations().orElse(protocol.warmup().count()),
                        millis(parsed.getWarmupTime(), protocol.warmup().millis())),
                new Iterations(
                        parsed.getMeasurementIterations()
                                .orElse(protocol.measurement().count()),
                        millis(
                                parsed.getMeasurementTime(),
                                protocol.measurement().millis())));
    }

    private static long millis(Optional<TimeValue> asked, long otherwise) {
        return asked.hasValue() ? asked.get().convertTo(TimeUnit.MILLISECONDS) : otherwise;
    }
}
