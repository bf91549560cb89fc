package dev.ridgepoint.analysis.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Plain JMH files of made benchmarks: forks drawn from models of public ones, the second file slower and faster here and there. */
final class JmhFiles {
    private static final int FORKS = 5;
    private static final int CLASSES = 12;

    private JmhFiles() {}

    static Path base(Path file, int benchmarks) throws IOException {
        return write(file, benchmarks, 1, i -> 0);
    }

    static Path candidate(Path file, int benchmarks) throws IOException {
        return write(file, benchmarks, 2, i -> i % 9 == 4 ? Math.log(1.1) : i % 13 == 2 ? Math.log(0.9) : 0);
    }

    private static Path write(Path file, int benchmarks, long seed, IntToDoubleFunction shift) throws IOException {
        List<double[]> models = RealForks.logs();
        Random random = new Random(seed);
        String all = IntStream.range(0, benchmarks)
                .mapToObj(i -> entry(i, models.get(i % models.size()), shift.applyAsDouble(i), random))
                .collect(Collectors.joining(",\n", "[", "]"));
        return Files.writeString(file, all);
    }

    private static String entry(int number, double[] model, double shift, Random random) {
        String forks = IntStream.range(0, FORKS)
                .mapToObj(fork -> "[" + Math.exp(RealForks.draw(model, random) + shift) + "]")
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, """
                {"jmhVersion": "1.37", "benchmark": "org.example.Suite%d.method%d", "mode": "avgt", "threads": 1, "forks": 5,
                 "jdkVersion": "17", "primaryMetric": {"score": 1.0, "scoreError": "NaN", "scoreUnit": "s/op", "rawData": [%s]},
                 "secondaryMetrics": {}}""", number % CLASSES, number, forks);
    }
}
