package dev.ridgepoint.analysis.compare;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.StatUtils;

/**
 * Forks of public benchmarks, 10 each of the same code (the files in {@code aa} name their source): 293 that rules were
 * made with, and 293 kept back that nothing was chosen by. Fresh ones are drawn from a model of each: one of the ten,
 * blurred by half their spread, so that outliers and two-peaked benchmarks stay what they are, with mean and variance of
 * the ten.
 */
public final class RealForks {
    private static final double BLUR = 0.5;

    private RealForks() {}

    /** Logarithms of seconds a call, a row a benchmark. */
    public static List<double[]> logs() {
        return read("/aa/steady-forks.csv");
    }

    /** The other half of the same data. */
    public static List<double[]> keptBack() {
        return read("/aa/kept-back-forks.csv");
    }

    private static List<double[]> read(String resource) {
        try (InputStream in = RealForks.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.split(","))
                            .skip(1)
                            .mapToDouble(Double::parseDouble)
                            .map(Math::log)
                            .toArray())
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Spread of a benchmark's log forks. */
    public static double sd(double[] logs) {
        return Math.sqrt(StatUtils.variance(logs));
    }

    /** The log of one fresh fork. */
    public static double draw(double[] logs, Random random) {
        double mean = 0;
        double squares = 0;
        for (double log : logs) {
            mean += log / logs.length;
        }
        for (double log : logs) {
            squares += (log - mean) * (log - mean);
        }
        int n = logs.length;
        double sd = Math.sqrt(squares / (n - 1));
        double residual = (logs[random.nextInt(n)] - mean) * Math.sqrt(n / (n - 1.0));
        return mean + (residual + BLUR * sd * random.nextGaussian()) / Math.sqrt(1 + BLUR * BLUR);
    }
}
