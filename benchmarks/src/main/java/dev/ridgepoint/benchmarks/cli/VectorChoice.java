package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;
import picocli.CommandLine.Option;

/** Which test vectors a command is for: all, or those that a text names. */
final class VectorChoice {
    @Option(names = "--only", paramLabel = "TEXT", description = "Only vectors whose id or group holds this text.")
    private String only;

    /** Those of these that were chosen. */
    <V extends TestVector> List<V> of(List<V> vectors) {
        List<V> chosen = vectors.stream()
                .filter(vector -> only == null
                        || vector.id().contains(only)
                        || vector.group().equals(only))
                .toList();
        if (chosen.isEmpty()) {
            throw UserError.refused("--only: no vector's id or group holds '" + only + "'");
        }
        return chosen;
    }

    /** The same choice as words of a command line. */
    List<String> arguments() {
        return only == null ? List.of() : List.of("--only", only);
    }
}
