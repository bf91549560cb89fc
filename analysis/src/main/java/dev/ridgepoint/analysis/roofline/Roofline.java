package dev.ridgepoint.analysis.roofline;

import dev.ridgepoint.analysis.classify.Regimes;
import dev.ridgepoint.kernels.shape.WorkModel;
import dev.ridgepoint.results.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The ceilings of one device in one compute type, as declared by its maker and as measured on it.
 *
 * <p>A rate above a declared ceiling is implausible outright: something was not executed, or a cache was measured. A
 * measured ceiling is an estimate, so a rate may exceed it by {@link #MEASURED_TOLERANCE} before the same is said.
 * Memory's bandwidth is no ceiling for warm buffers that fit the last cache.
 *
 * @param type the compute type, by name
 * @param declared what the maker says
 * @param measured what this device was seen to do
 * @param callFloorNs time of an empty call, 0 where nobody measured it
 * @param lastLevelCacheBytes the last cache, 0 where unknown
 */
public record Roofline(
        String type, Ceilings declared, Ceilings measured, double callFloorNs, long lastLevelCacheBytes) {
    /** How far above a measured ceiling a rate may lie: clocks and neighbours differ between the two measurements. */
    public static final double MEASURED_TOLERANCE = 1.15;

    private static final Ceilings UNKNOWN = new Ceilings(null, null);

    /** The roofline of a context for a compute type. */
    public static Roofline of(Context context, String type) {
        Context.Peaks peaks = context.peaks();
        Context.Declared declared = peaks == null ? null : peaks.declared();
        Context.Measured measured = peaks == null ? null : peaks.measured();
        Long cache = context.device().lastLevelCacheBytes();
        return new Roofline(
                type,
                declared == null ? UNKNOWN : new Ceilings(declared.gflops().get(type), declared.gigabytesPerSecond()),
                measured == null ? UNKNOWN : new Ceilings(measured.gflops().get(type), bandwidth(measured)),
                measured == null || measured.callFloorNs() == null ? 0 : measured.callFloorNs(),
                cache == null ? 0 : cache);
    }

    /** The ceiling is the best of the mixes: reads, copy, triad. */
    private static Double bandwidth(Context.Measured measured) {
        return Stream.of(
                        measured.readGigabytesPerSecond(),
                        measured.copyGigabytesPerSecond(),
                        measured.triadGigabytesPerSecond())
                .filter(Objects::nonNull)
                .max(Double::compare)
                .orElse(null);
    }

    /** Whether work of that size stays in the last cache when its buffers are used again and again. */
    public boolean staysInCache(WorkModel work, String cacheState) {
        return cacheState.equals("warm") && work.bytes() <= lastLevelCacheBytes;
    }

    /**
     * Holds a time against the ceilings.
     *
     * @param work the least work of the question
     * @param ns time a call
     * @param cacheState {@code warm} or {@code cold}
     */
    public Reading read(WorkModel work, double ns, String cacheState) {
        double gflops = work.flops() / ns;
        double gigabytes = work.bytes() / ns;
        boolean inCache = staysInCache(work, cacheState);
        Double declaredBandwidth = inCache ? null : declared.gigabytesPerSecond();
        Double measuredBandwidth = inCache ? null : measured.gigabytesPerSecond();
        Double ofMeasuredCompute = share(gflops, measured.gflops());
        Double ofMeasuredBandwidth = share(gigabytes, measuredBandwidth);
        Bound bound = bound(work, inCache);
        return new Reading(
                gflops,
                gigabytes,
                work.arithmeticIntensity(),
                inCache,
                share(gflops, declared.gflops()),
                share(gigabytes, declaredBandwidth),
                ofMeasuredCompute,
                ofMeasuredBandwidth,
                binding(bound, ofMeasuredCompute, ofMeasuredBandwidth),
                bound,
                implausible(gflops, gigabytes, declaredBandwidth, measuredBandwidth));
    }

    /** By the measured ceilings where both are known, by the declared ones otherwise. */
    private Bound bound(WorkModel work, boolean inCache) {
        Ceilings ceilings = measured.complete() ? measured : declared;
        if (!ceilings.complete()) {
            return null;
        }
        Regimes.Reading reading = Regimes.read(
                work,
                new Regimes.Ceilings(ceilings.gflops() * 1e9, ceilings.gigabytesPerSecond() * 1e9, callFloorNs / 1e3));
        return switch (reading.regime()) {
            case COMPUTE_BOUND -> Bound.COMPUTE;
            case RIDGE -> inCache ? Bound.COMPUTE : Bound.RIDGE;
            case BANDWIDTH_BOUND -> inCache ? Bound.CACHE : Bound.BANDWIDTH;
            case LAUNCH_BOUND -> Bound.LAUNCH;
        };
    }

    /** A cache's own ceiling was not measured, so there is no share of it to report. */
    private static Double binding(Bound bound, Double compute, Double bandwidth) {
        if (bound == null || bound == Bound.CACHE || compute == null) {
            return null;
        }
        return bandwidth == null ? compute : (Double) Math.max(compute, bandwidth);
    }

    private List<String> implausible(
            double gflops, double gigabytes, Double declaredBandwidth, Double measuredBandwidth) {
        List<String> sentences = new ArrayList<>();
        exceeds(sentences, gflops, declared.gflops(), 1, "GFLOP/s", "declared " + type + " peak");
        exceeds(sentences, gigabytes, declaredBandwidth, 1, "GB/s", "declared bandwidth");
        exceeds(sentences, gflops, measured.gflops(), MEASURED_TOLERANCE, "GFLOP/s", "measured " + type + " ceiling");
        exceeds(sentences, gigabytes, measuredBandwidth, MEASURED_TOLERANCE, "GB/s", "measured bandwidth");
        return sentences;
    }

    private static void exceeds(
            List<String> sentences, double rate, Double ceiling, double tolerance, String unit, String name) {
        if (ceiling != null && rate > ceiling * tolerance) {
            sentences.add(String.format(
                    Locale.ROOT,
                    "%.4g %s is above the %s of %.4g: something was not executed, or a cache was measured",
                    rate,
                    unit,
                    name,
                    ceiling));
        }
    }

    private static Double share(double rate, Double ceiling) {
        return ceiling == null ? null : (Double) (rate / ceiling);
    }
}
