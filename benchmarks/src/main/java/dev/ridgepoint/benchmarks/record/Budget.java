package dev.ridgepoint.benchmarks.record;

import java.time.Duration;
import java.util.function.LongSupplier;

/** How long a run may take: no fork starts that would probably end too late. */
public final class Budget {
    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long start;

    private Budget(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** As long as it takes. */
    public static Budget unlimited() {
        return new Budget(null, System::nanoTime);
    }

    /** So long from now. */
    public static Budget of(Duration limit) {
        return of(limit, System::nanoTime);
    }

    static Budget of(Duration limit, LongSupplier nanoTime) {
        return new Budget(limit, nanoTime);
    }

    /** Another limit from now, by the same clock. */
    Budget another(Duration limitFromNow) {
        return new Budget(limitFromNow, nanoTime);
    }

    /** Whether there is a limit at all. */
    public boolean limited() {
        return limit != null;
    }

    /** What is left of a limit; never less than nothing. */
    Duration left() {
        Duration left = limit.minusNanos(nanoTime.getAsLong() - start);
        return left.isNegative() ? Duration.ZERO : left;
    }

    boolean allows(Duration next) {
        return limit == null
                || Duration.ofNanos(nanoTime.getAsLong() - start).plus(next).compareTo(limit) <= 0;
    }
}
