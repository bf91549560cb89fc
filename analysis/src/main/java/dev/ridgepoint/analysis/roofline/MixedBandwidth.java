package dev.ridgepoint.analysis.roofline;

import dev.ridgepoint.results.Context;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * The bandwidth that a run's probes show for work that reads some share of its bytes and writes the rest.
 *
 * <p>The probes are points of it: copy reads one byte of two, triad two of three, read all. Between two of them the time a byte is
 * interpolated, not the bandwidth: who needs a share between those of two probes can do part of its bytes as the one does and the rest as
 * the other does, one after the other, and then times add up. So it is a rate the device was seen to reach, no more. Below copy's share
 * nothing was probed, and a straight line carried on would be a guess: copy's own rate is taken. Where a byte written costs no less than
 * one read, that is more than such work can reach, so that a share of it is understated and never flattered.
 */
public final class MixedBandwidth {
    private static final double COPY = 1.0 / 2;
    private static final double TRIAD = 2.0 / 3;
    private static final double READ = 1;

    /** Nanoseconds a byte, by the share of bytes that are read. */
    private final TreeMap<Double, Double> nsPerByte = new TreeMap<>();

    private MixedBandwidth() {}

    /** @param measured what a run measured of its device, null where it did not */
    public static MixedBandwidth of(Context.Measured measured) {
        MixedBandwidth mixed = new MixedBandwidth();
        if (measured != null) {
            mixed.probe(COPY, measured.copyGigabytesPerSecond());
            mixed.probe(TRIAD, measured.triadGigabytesPerSecond());
            mixed.probe(READ, measured.readGigabytesPerSecond());
        }
        return mixed;
    }

    private void probe(double share, Double gigabytesPerSecond) {
        if (gigabytesPerSecond != null) {
            nsPerByte.put(share, 1 / gigabytesPerSecond);
        }
    }

    /**
     * 10^9 bytes a second, reads and writes together; empty where no two probes lie about that share.
     *
     * @param readShare bytes read of all bytes, from 0 to 1
     */
    public OptionalDouble gigabytesPerSecond(double readShare) {
        if (!(readShare >= 0 && readShare <= 1)) {
            throw new IllegalArgumentException("readShare: expected 0 to 1, got " + readShare);
        }
        double share = Math.max(readShare, COPY);
        Map.Entry<Double, Double> below = nsPerByte.floorEntry(share);
        Map.Entry<Double, Double> above = nsPerByte.ceilingEntry(share);
        if (below == null || above == null) {
            return OptionalDouble.empty();
        }
        double reach = above.getKey() - below.getKey();
        double part = reach == 0 ? 0 : (share - below.getKey()) / reach;
        return OptionalDouble.of(1 / ((1 - part) * below.getValue() + part * above.getValue()));
    }
}
