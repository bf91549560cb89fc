package dev.ridgepoint.benchmarks.jmh;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.results.IterationLine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Collectors;

/** Leaves on disk what a fork that was measured leaves, so that a run can go on from it. */
public final class MadeFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private MadeFiles() {}

    /** Writes iterations, JMH's own file and the verdict. */
    public static void write(ForkFiles files, ForkOutcome.Measured measured) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (IterationLine line : measured.iterations()) {
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        Files.writeString(files.iterations(), lines);
        String row = measured.iterations().stream()
                .filter(line -> !line.warmup())
                .map(line -> Double.toString(line.nsPerOp()))
                .collect(Collectors.joining(", "));
        Files.writeString(files.jmh(), """
                [{"jmhVersion": "1.37", "benchmark": "made.Fork.call", "mode": "avgt", "threads": 1, "forks": 1,
                  "jvm": "java", "jvmArgs": [], "jdkVersion": "17", "vmName": "made", "vmVersion": "1",
                  "warmupIterations": 1, "measurementIterations": 3, "params": {"caseId": "ID"},
                  "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "ns/op", "rawData": [[ROW]]},
                  "secondaryMetrics": {}}]
                """.replace(
                "ID", measured.iterations().get(0).caseId()).replace("ROW", row));
        new ForkVerdict(
                        ForkVerdict.MEASURED,
                        null,
                        measured.implementation(),
                        measured.inputsSha256(),
                        2,
                        2,
                        measured.correctness(),
                        measured.throttled(),
                        null)
                .write(files.verdict());
    }
}
