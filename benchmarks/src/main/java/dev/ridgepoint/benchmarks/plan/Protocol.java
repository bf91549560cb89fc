package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Soak;
import java.util.List;
import java.util.Optional;

/**
 * How times are taken: the one place where warm-up, iterations and forks are chosen.
 *
 * <table>
 * <caption>Protocols; every iteration lasts at least one call</caption>
 * <tr><th>name</th><th>forks</th><th>warm-up</th><th>measurement</th><th>meant for</th></tr>
 * <tr><td>smoke</td><td>3</td><td>5 x 30 ms</td><td>10 x 30 ms</td><td>does it work at all</td></tr>
 * <tr><td>quick</td><td>3</td><td>5 x 40 ms</td><td>10 x 40 ms</td><td>a first table</td></tr>
 * <tr><td>core</td><td>5</td><td>10 x 200 ms</td><td>20 x 200 ms</td><td>figures to publish, gates</td></tr>
 * <tr><td>full</td><td>5</td><td>10 x 200 ms</td><td>20 x 200 ms</td><td>the whole catalogue</td></tr>
 * <tr><td>core-gpu</td><td>5</td><td>10 x 100 ms</td><td>20 x 100 ms</td><td>core on a CUDA device</td></tr>
 * <tr><td>full-gpu</td><td>5</td><td>10 x 100 ms</td><td>20 x 100 ms</td><td>full on a CUDA device</td></tr>
 * <tr><td>targets-gpu</td><td>5</td><td>5 x 40 ms</td><td>10 x 40 ms</td><td>ratios of two cases on a CUDA device</td></tr>
 * <tr><td>simulated</td><td>1</td><td>none</td><td>one call</td><td>counts of the emulated driver</td></tr>
 * </table>
 *
 * <p>Many short iterations rather than few long ones: change points are looked for over all of them, warm-up included. On a CUDA
 * device those of the longer suites are half as long: as it is usually timed, its own clock says what a launch took, and no host
 * disturbs it.
 *
 * @param name suite the protocol belongs to, {@code -gpu} where a CUDA device has a row of its own, {@code +custom} where the
 *     command line changed it
 * @param forks JVMs a case, each a sample of its own
 * @param warmup iterations recorded but not counted
 * @param measurement iterations counted
 * @param threads threads a kernel may use
 * @param aim until when forks are added to those planned, null where none are
 * @param soak for how long rounds of forks are added to those planned, null where none are
 */
public record Protocol(
        String name, int forks, Iterations warmup, Iterations measurement, int threads, ForkAim aim, Soak soak) {
    /** Counts up whenever a row of the table changes, so that runs under different rows never compare. */
    private static final int VERSION = 1;

    private static final String GPU = "-gpu";
    private static final String CUSTOM = "+custom";

    private static final Protocol QUICK = row("quick", 3, new Iterations(5, 40), new Iterations(10, 40));

    private static final List<Protocol> TABLE = List.of(
            row("smoke", 3, new Iterations(5, 30), new Iterations(10, 30)),
            QUICK,
            row("core", 5, new Iterations(10, 200), new Iterations(20, 200)),
            row("full", 5, new Iterations(10, 200), new Iterations(20, 200)),
            row("core" + GPU, 5, new Iterations(10, 100), new Iterations(20, 100)),
            row("full" + GPU, 5, new Iterations(10, 100), new Iterations(20, 100)),
            row("targets" + GPU, 5, new Iterations(5, 40), new Iterations(10, 40)));

    /** What is only played is called once: its counts are the same every time. */
    public static final Protocol SIMULATED = row("simulated", 1, new Iterations(0, 1), new Iterations(1, 1));

    private static Protocol row(String name, int forks, Iterations warmup, Iterations measurement) {
        return new Protocol(name, forks, warmup, measurement, 1, null, null);
    }

    /** So many iterations of at least so many milliseconds. */
    public record Iterations(int count, long millis) {
        public Iterations {
            if (count < 0 || millis < 1) {
                throw new IllegalArgumentException(
                        "iterations: expected a count >= 0 of >= 1 ms, got " + count + " x " + millis + " ms");
            }
        }

        long totalMillis() {
            return count * millis;
        }
    }

    public Protocol {
        if (aim != null && soak != null) {
            throw new IllegalArgumentException("--soak: runs for a time, --aim until an interval is narrow; give one");
        }
        if (forks < 1) {
            throw new IllegalArgumentException("--forks: expected at least 1, got " + forks);
        }
        if (measurement.count() < 1) {
            throw new IllegalArgumentException("iterations: at least one must be measured");
        }
        if (threads < 1) {
            throw new IllegalArgumentException("--threads: expected at least 1, got " + threads);
        }
        if (aim != null && forks < ForkAim.LEAST_FORKS) {
            throw new IllegalArgumentException(
                    "--forks: with an aim at least " + ForkAim.LEAST_FORKS + ", got " + forks);
        }
        if (aim != null && aim.mostForks() < forks) {
            throw new IllegalArgumentException(
                    "--most-forks: expected at least the " + forks + " of the plan, got " + aim.mostForks());
        }
    }

    /** The protocol of a suite on the host; own shapes are measured as {@code quick} is. */
    public static Protocol of(String suite) {
        return named(suite).orElse(QUICK);
    }

    /** The protocol of a suite on a target, played or not. */
    public static Protocol of(String suite, Target target) {
        if (target.simulated()) {
            return SIMULATED;
        }
        return target.cuda() ? named(suite + GPU).orElse(of(suite)) : of(suite);
    }

    private static Optional<Protocol> named(String name) {
        return TABLE.stream().filter(p -> p.name.equals(name)).findFirst();
    }

    /** Other fork count; not part of the protocol's name, because forks only add samples. */
    public Protocol withForks(int count) {
        return new Protocol(name, count, warmup, measurement, threads, aim, soak);
    }

    /** Other thread count, recorded apart from the name. */
    public Protocol withThreads(int count) {
        return new Protocol(name, forks, warmup, measurement, count, aim, soak);
    }

    /** Other iterations, which make it a protocol of its own. */
    public Protocol withIterations(Iterations otherWarmup, Iterations otherMeasurement) {
        if (otherWarmup.equals(warmup) && otherMeasurement.equals(measurement)) {
            return this;
        }
        String other = name.endsWith(CUSTOM) ? name : name + CUSTOM;
        return new Protocol(other, forks, otherWarmup, otherMeasurement, threads, aim, soak);
    }

    /** Forks are added until the aim is met, which makes it a protocol of its own; from five on. */
    public Protocol withAim(ForkAim other) {
        return new Protocol(name, Math.max(forks, ForkAim.LEAST_FORKS), warmup, measurement, threads, other, soak);
    }

    /**
     * Rounds are added until the time is used. Each fork takes the iterations of {@code core}, on a CUDA device too: shorter ones
     * would leave the machine to its starting JVMs for most of the time, which heats nothing.
     */
    public static Protocol soaking(Soak time) {
        Protocol core = of("core");
        return new Protocol(core.name, core.forks, core.warmup, core.measurement, core.threads, null, time);
    }

    /** {@code quick/1}, {@code quick+aim2%of30/1} with an aim, or {@code core+soak60m/1} for a time. */
    public String id() {
        return name + (aim == null ? "" : aim.suffix()) + (soak == null ? "" : soak.suffix()) + "/" + VERSION;
    }

    /** Whether it is one of two sides whose forks take turns. */
    public boolean takesTurns() {
        return aim != null && aim.of() == ForkAim.Of.RATIO;
    }

    /** Forks a case can come to have; of a soak as many as its iterations alone leave time for. */
    public int mostForks() {
        if (soak != null) {
            return Math.toIntExact(forks + soak.length().toMillis() / iterationMillis());
        }
        return aim == null ? forks : aim.mostForks();
    }

    /** JMH's name of how calls are made: {@code avgt}, or {@code ss} for a single one. */
    public String mode() {
        return name.equals(SIMULATED.name) ? "ss" : "avgt";
    }

    /** What the iterations of one fork take at the least. */
    public long iterationMillis() {
        return warmup.totalMillis() + measurement.totalMillis();
    }
}
