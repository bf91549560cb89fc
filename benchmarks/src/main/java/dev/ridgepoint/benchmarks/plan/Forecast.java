package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.operand.MatrixOperand;
import dev.ridgepoint.kernels.operand.Operand;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.results.ForkAim;
import dev.ridgepoint.results.Soak;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What a run says of itself before it starts.
 *
 * @param protocol how often and how long each case is run
 * @param duration rough: from iteration times, roofline times and the cost of starting and verifying a fork; of a soak at
 *     least its length
 * @param atMost the same where every case takes as many forks as an aim allows
 * @param detectsPercent smallest change a comparison with as many forks would show, empty under three forks
 * @param simulated whether there will be counts and no times
 */
public record Forecast(
        int cases,
        int skips,
        Protocol protocol,
        Duration duration,
        Duration atMost,
        OptionalDouble detectsPercent,
        boolean simulated) {
    /** Starting a JVM, loading libraries, uploading operands, as two cores of a Cascade Lake do it. */
    private static final double FORK_START_SECONDS = 1.5;
    /** Values of operands in plain types that one such core makes a second. */
    private static final double FILL_RATE = 2.5e8;
    /** The same of quantised ones: somewhat more of eight bits, fewer of four. */
    private static final double ENCODE_RATE = 1.5e8;
    /** A launch before timing and two after, on every set of buffers, with their comparisons. */
    private static final double GATE_LAUNCHES = 6;
    /** Multiply-adds a second of the plain loops that compute what is expected, once a case and seed. */
    private static final double ORACLE_RATE = 4e8;
    /** Above so many multiply-adds the oracle computes a sample only. */
    private static final double ORACLE_LIMIT = 1L << 28;

    /** The forecast of a plan on a device of about this speed. */
    public static Forecast of(BenchmarkPlan plan, Speed speed) {
        Protocol protocol = plan.protocol();
        Soak soak = protocol.soak();
        Duration planned = duration(plan, speed, protocol.forks());
        Duration most = protocol.aim() == null ? planned : duration(plan, speed, protocol.mostForks());
        boolean longer = soak != null && soak.length().compareTo(planned) > 0;
        return new Forecast(
                plan.cells().size(),
                plan.skips().size(),
                protocol,
                longer ? soak.length() : planned,
                longer ? soak.length() : most,
                ExpectedEffect.percent(protocol.forks()),
                plan.settings().target().simulated());
    }

    private static Duration duration(BenchmarkPlan plan, Speed speed, int forks) {
        double seconds = 0;
        Set<Problem> expected = new HashSet<>();
        for (Cell cell : plan.cells()) {
            Problem problem = cell.problem();
            double fill = fillSeconds(problem);
            double fork = fill + forkSeconds(plan.protocol(), callSeconds(problem, speed));
            // Kernels that solve the same problem share what is expected of them.
            double expectation = expected.add(problem) ? fill + oracleSeconds(problem) : 0;
            seconds += expectation + forks * fork;
        }
        return Duration.ofMillis((long) (1000 * seconds));
    }

    private static double forkSeconds(Protocol protocol, double callSeconds) {
        return FORK_START_SECONDS
                + GATE_LAUNCHES * callSeconds
                + iterations(protocol.warmup(), callSeconds)
                + iterations(protocol.measurement(), callSeconds);
    }

    private static double iterations(Protocol.Iterations iterations, double callSeconds) {
        return iterations.count() * Math.max(iterations.millis() / 1000.0, callSeconds);
    }

    private static double callSeconds(Problem problem, Speed speed) {
        WorkModel work = problem.work();
        return Math.max(work.flops() / speed.flopsPerSecond(), work.bytes() / speed.bytesPerSecond());
    }

    /** Of the operands that are asked, and of those that inputs are changed to. */
    private static double fillSeconds(Problem problem) {
        return 2
                * OperandSpecs.operands(problem).stream()
                        .filter(operand -> operand.role() != Role.OUTPUT)
                        .mapToDouble(Forecast::fillSeconds)
                        .sum();
    }

    /** Indices and tables are too small to count. */
    private static double fillSeconds(Operand operand) {
        return operand instanceof MatrixOperand matrix
                ? (double) matrix.count() * matrix.elements() / (matrix.format() == null ? FILL_RATE : ENCODE_RATE)
                : 0;
    }

    private static double oracleSeconds(Problem problem) {
        return 2 * Math.min(problem.work().flops() / 2, ORACLE_LIMIT) / ORACLE_RATE;
    }

    /** Whether a comparison with as many forks may fail a build. */
    public boolean canGate() {
        return ExpectedEffect.canGate(protocol.forks());
    }

    /** One sentence; says what the run can be used for. */
    public String sentence() {
        String skipped = skips == 0 ? "" : " (" + skips + " skipped, with reasons)";
        String more = protocol.soak() == null && protocol.aim() == null ? "" : " or more";
        return counted(cases, "case") + " x " + counted(protocol.forks(), "fork") + more + skipped + ", about "
                + minutes(duration) + "; " + worth();
    }

    /**
     * What follows the planned forks; empty where nothing does.
     *
     * @param limited whether a time budget may end it
     */
    public Optional<String> then(boolean limited) {
        Soak soak = protocol.soak();
        if (soak != null) {
            return Optional.of("Then rounds of all cases are added until " + soak.words() + " of work are used; "
                    + protocol.forks() + " forks a case are run even if they take longer");
        }
        ForkAim aim = protocol.aim();
        return aim == null
                ? Optional.empty()
                : Optional.of("Then forks are added where an interval is wider than ±" + aim.percent() + " %, up to "
                        + aim.mostForks() + " a case" + (limited ? " or the time budget" : "") + "; about "
                        + minutes(atMost) + (limited ? " without that budget" : "") + " if all cases need so many");
    }

    private String worth() {
        if (simulated) {
            return "emulated: counts, and no times";
        }
        String effect = detectsPercent.isPresent()
                ? String.format(
                        Locale.ROOT,
                        "detects changes of %.1f %% or more (a general CPU figure, not calibrated on this machine)",
                        detectsPercent.getAsDouble())
                : "too few forks to detect a change";
        return effect + "; "
                + (canGate() ? "can gate" : "cannot gate (a gate needs " + ExpectedEffect.FORKS_TO_GATE + " forks)");
    }

    private static String minutes(Duration duration) {
        long seconds = Math.max(1, duration.toSeconds());
        return seconds < 90 ? counted(seconds, "second") : counted(Math.round(seconds / 60.0), "minute");
    }

    private static String counted(long count, String word) {
        return count + " " + word + (count == 1 ? "" : "s");
    }
}
