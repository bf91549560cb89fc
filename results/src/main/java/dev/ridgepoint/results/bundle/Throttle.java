package dev.ridgepoint.results.bundle;

import java.util.function.LongSupplier;

/** Lets something costly happen often while it is cheap, and never for more than a twentieth of the time. */
final class Throttle {
    private static final long AT_LEAST_NANOS = 1_000_000_000L;
    private static final int SHARE = 20;

    private final LongSupplier nanoTime;
    private long last;
    private long cost;
    private boolean never = true;

    Throttle(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    boolean due() {
        return never || nanoTime.getAsLong() - last >= Math.max(AT_LEAST_NANOS, SHARE * cost);
    }

    /** Something that may fail. */
    interface Action<E extends Exception> {
        void run() throws E;
    }

    <E extends Exception> void run(Action<E> action) throws E {
        long start = nanoTime.getAsLong();
        action.run();
        last = nanoTime.getAsLong();
        cost = last - start;
        never = false;
    }
}
