package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.shape.WorkModel;

/** Roofline arithmetic of the regime label: closed form, no data. */
public final class Regimes {
    /** Half-width of the band around the ridge in which neither limit is named. */
    public static final double RIDGE_BAND = 1.25;
    /** Launch floor of a kernel put on a stream, until the box's own empty-kernel time is measured. */
    public static final double STREAM_FLOOR_US = 3;
    /** Launch floor of a node replayed from a graph, likewise. */
    public static final double GRAPH_FLOOR_US = 1;

    private Regimes() {}

    /**
     * What a kernel can reach at most.
     *
     * @param flopsPerSecond multiplier rate in the precision's compute type
     * @param bytesPerSecond memory bandwidth
     * @param launchFloorUs time an empty kernel takes, in microseconds
     */
    public record Ceilings(double flopsPerSecond, double bytesPerSecond, double launchFloorUs) {
        public Ceilings {
            positive("flopsPerSecond", flopsPerSecond);
            positive("bytesPerSecond", bytesPerSecond);
            if (!(launchFloorUs >= 0) || Double.isInfinite(launchFloorUs)) {
                throw new IllegalArgumentException(
                        "launchFloorUs: expected a finite time of 0 or more, got " + launchFloorUs);
            }
        }

        private static void positive(String field, double rate) {
            if (!(rate > 0) || Double.isInfinite(rate)) {
                throw new IllegalArgumentException(field + ": expected a finite rate above 0, got " + rate);
            }
        }

        /** FLOPs a byte at which both limits bind. */
        public double ridge() {
            return flopsPerSecond / bytesPerSecond;
        }
    }

    /**
     * One reading of the roofline.
     *
     * @param regime the label
     * @param intensity FLOPs a byte of the work
     * @param ridge FLOPs a byte of the ceilings
     * @param rooflineUs least time the ceilings allow, in microseconds
     * @param launchFloorUs the floor the time was held against
     */
    public record Reading(Regime regime, double intensity, double ridge, double rooflineUs, double launchFloorUs) {
        /** Intensity over ridge: above one the multipliers bind. */
        public double overRidge() {
            return intensity / ridge;
        }
    }

    /** Reads the label off the roofline; the launch floor is asked first. */
    public static Reading read(WorkModel work, Ceilings ceilings) {
        double compute = work.flops() / ceilings.flopsPerSecond();
        double memory = work.bytes() / ceilings.bytesPerSecond();
        double us = Math.max(compute, memory) * 1e6;
        double intensity = work.arithmeticIntensity();
        double over = intensity / ceilings.ridge();
        Regime regime;
        if (us < ceilings.launchFloorUs()) {
            regime = Regime.LAUNCH_BOUND;
        } else if (over > RIDGE_BAND) {
            regime = Regime.COMPUTE_BOUND;
        } else if (over < 1 / RIDGE_BAND) {
            regime = Regime.BANDWIDTH_BOUND;
        } else {
            regime = Regime.RIDGE;
        }
        return new Reading(regime, intensity, ceilings.ridge(), us, ceilings.launchFloorUs());
    }
}
