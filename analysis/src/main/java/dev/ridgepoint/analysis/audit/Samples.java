package dev.ridgepoint.analysis.audit;

import dev.ridgepoint.results.IterationLine;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** All iterations of the cases asked for, a few bytes each: forks of a case lie apart in the log where runs take turns. */
final class Samples {
    /** Some 700 MB; the largest plan takes a hundredth. */
    private static final long MAX = 50_000_000;

    private final Map<String, Map<Integer, Fork>> forks = new HashMap<>();
    private long count;

    private static final class Fork {
        private double[] ns = new double[32];
        private int[] numbers = new int[32];
        private int size;
        private int warmups;

        void add(IterationLine line) {
            if (size == ns.length) {
                ns = Arrays.copyOf(ns, 2 * size);
                numbers = Arrays.copyOf(numbers, 2 * size);
            }
            ns[size] = line.nsPerOp();
            numbers[size++] = line.iteration();
            warmups += line.warmup() ? 1 : 0;
        }
    }

    static Samples of(BundleReader bundle, Set<String> cases) throws IOException {
        Samples samples = new Samples();
        try {
            bundle.iterations(line -> {
                if (cases.contains(line.caseId())) {
                    samples.add(line);
                }
            });
        } catch (UncheckedIOException tooMany) {
            throw tooMany.getCause();
        }
        return samples;
    }

    private void add(IterationLine line) {
        if (++count > MAX) {
            throw new UncheckedIOException(new BundleException(
                    "iterations.ndjson: more than " + MAX + " iterations cannot be audited at once"));
        }
        forks.computeIfAbsent(line.caseId(), id -> new HashMap<>())
                .computeIfAbsent(line.fork(), fork -> new Fork())
                .add(line);
    }

    /** How many there are. */
    long count() {
        return count;
    }

    /** Those of one case as lines again; empty where there are none. */
    List<IterationLine> of(String caseId) {
        List<IterationLine> lines = new ArrayList<>();
        forks.getOrDefault(caseId, Map.of()).forEach((number, fork) -> {
            for (int i = 0; i < fork.size; i++) {
                lines.add(new IterationLine(caseId, number, fork.numbers[i], i < fork.warmups, fork.ns[i], 1, 0));
            }
        });
        return lines;
    }
}
