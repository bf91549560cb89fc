package dev.ridgepoint.analysis.targets;

import dev.ridgepoint.kernels.shape.WorkModel;
import java.util.Arrays;
import java.util.Optional;

/** What is divided by what. */
public enum RatioKind {
    /** Bytes a second, over what the run's probes reach at the same mix of reads and writes. */
    SAME_MIX("same-mix", true, true),
    /** Bytes read a second, over what the run's reading probe reaches. */
    READ("read", true, true),
    /** The other case's time over this one's: how many times as fast. */
    SPEEDUP("speedup", false, true) {
        @Override
        Ratio of(Ratio times, WorkModel work, WorkModel otherWork) {
            return times.inverse();
        }
    },
    /** Operations a second over the other case's, which may do other work. */
    RATE("rate", false, true) {
        @Override
        Ratio of(Ratio times, WorkModel work, WorkModel otherWork) {
            return times.inverse().times(work.flops() / otherWork.flops());
        }
    },
    /** This case's time over the other's: less is better. */
    TIME("time", false, false) {
        @Override
        Ratio of(Ratio times, WorkModel work, WorkModel otherWork) {
            return times;
        }
    };

    private final String id;
    private final boolean ofBandwidth;
    private final boolean moreIsBetter;

    RatioKind(String id, boolean ofBandwidth, boolean moreIsBetter) {
        this.id = id;
        this.ofBandwidth = ofBandwidth;
        this.moreIsBetter = moreIsBetter;
    }

    /** @throws IllegalArgumentException naming those there are */
    static RatioKind parse(String id) {
        Optional<RatioKind> kind =
                Arrays.stream(values()).filter(one -> one.id.equals(id)).findFirst();
        return kind.orElseThrow(() -> new IllegalArgumentException("ratio: expected one of "
                + Arrays.stream(values()).map(RatioKind::id).toList() + ", got '" + id + "'"));
    }

    public String id() {
        return id;
    }

    /** Whether a bandwidth of the run's probes is what is divided by, and no other case. */
    public boolean ofBandwidth() {
        return ofBandwidth;
    }

    public boolean moreIsBetter() {
        return moreIsBetter;
    }

    /**
     * From the ratio of this case's time to the other's.
     *
     * @throws IllegalStateException for a kind that has no other case
     */
    Ratio of(Ratio times, WorkModel work, WorkModel otherWork) {
        throw new IllegalStateException(id + " is of no two cases");
    }
}
