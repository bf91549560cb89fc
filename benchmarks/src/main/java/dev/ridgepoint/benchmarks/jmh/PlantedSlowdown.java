package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.device.PreparedLaunch;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * A slowdown that a calibration plants in a fork, to see whether forks like these show it. A fork has one where its JVM was
 * told so by {@link #PROPERTY}; what it measured says it in the name of its implementation.
 *
 * @param share of a launch's time that is added
 */
public record PlantedSlowdown(double share) {
    /** Share of one, as in 0.03. */
    public static final String PROPERTY = "ridgepoint.planted";

    private static final PlantedSlowdown NONE = new PlantedSlowdown(0);

    /** By what part of itself the share may be missed where launches come in rounds. */
    private static final double CLOSE = 0.02;
    /** Far above what sums of shares are off by, and far below a launch. */
    private static final double ROUNDING = 1e-6;

    public PlantedSlowdown {
        if (!(share >= 0 && share < 1)) {
            throw new IllegalArgumentException(PROPERTY + ": expected a share from 0 to below 1, got " + share);
        }
    }

    /** What this JVM was told. */
    static PlantedSlowdown ofThisFork() {
        String told = System.getProperty(PROPERTY);
        return told == null ? NONE : new PlantedSlowdown(Double.parseDouble(told));
    }

    boolean isThere() {
        return share > 0;
    }

    /**
     * How often a round of launches is to be recorded for the share of them that is made twice to be the planted one.
     *
     * @param launches of a round
     * @param least rounds that are recorded anyway
     */
    int rounds(int launches, int least) {
        int rounds = least;
        while (isThere() && Math.abs(twice((double) rounds * launches) / (share * rounds * launches) - 1) > CLOSE) {
            rounds++;
        }
        return rounds;
    }

    /** Of so many launches these are made twice. */
    private double twice(double launches) {
        return Math.floor(share * launches + ROUNDING);
    }

    /** What ran, and that it was slowed. */
    String label(String implementation) {
        return String.format(Locale.ROOT, "%s, slowed by %.1f %% on purpose", implementation, 100 * share);
    }

    /** Calls that have finished when they return, each followed by an idle wait. */
    PreparedLaunch[] waiting(PreparedLaunch[] launches) {
        return waiting(launches, System::nanoTime);
    }

    /** @param clock in nanoseconds */
    PreparedLaunch[] waiting(PreparedLaunch[] launches, LongSupplier clock) {
        IdleWait wait = new IdleWait(share, clock);
        return Arrays.stream(launches)
                .map(launch -> new Slowed(launch, () -> wait.after(launch)))
                .toArray(PreparedLaunch[]::new);
    }

    /**
     * Launches of which the host sees no end: some are made twice. The second takes a set of buffers that is half of all away,
     * whose part of the cache is as cold as it would be in its turn.
     */
    PreparedLaunch[] repeating(PreparedLaunch[] launches) {
        double[] due = {0};
        PreparedLaunch[] slowed = launches.clone();
        for (int i = 0; i < slowed.length; i++) {
            PreparedLaunch first = launches[i];
            PreparedLaunch second = launches[(i + launches.length / 2) % launches.length];
            slowed[i] = new Slowed(first, () -> {
                first.launch();
                due[0] += share;
                if (due[0] >= 1 - ROUNDING) {
                    due[0]--;
                    second.launch();
                }
            });
        }
        return slowed;
    }

    /** A launch in whose place something else is done. */
    private record Slowed(PreparedLaunch plain, Runnable instead) implements PreparedLaunch {
        @Override
        public void launch() {
            instead.run();
        }

        @Override
        public void synchronize() {
            plain.synchronize();
        }

        @Override
        public String implementation() {
            return plain.implementation();
        }

        @Override
        public void close() {
            plain.close();
        }
    }

    /**
     * Waits in proportion to how long calls take. Of short calls every 64th is looked at and pays for all: the clock takes
     * some 25 ns, which are 3 % of a microsecond.
     */
    private static final class IdleWait {
        private static final long SHORT_NS = 50_000;
        private static final int SHORT_CALLS = 64;

        private final double share;
        private final LongSupplier clock;
        private int paysFor = 1;
        private int calls;
        private double owedNs;

        private IdleWait(double share, LongSupplier clock) {
            this.share = share;
            this.clock = clock;
        }

        void after(PreparedLaunch launch) {
            if (++calls < paysFor) {
                launch.launch();
                return;
            }
            long begun = clock.getAsLong();
            launch.launch();
            long ended = clock.getAsLong();
            owedNs += share * paysFor * (ended - begun);
            calls = 0;
            paysFor = ended - begun < SHORT_NS ? SHORT_CALLS : 1;
            long now = ended;
            while (now - ended < owedNs) {
                Thread.onSpinWait();
                now = clock.getAsLong();
            }
            owedNs -= now - ended;
        }
    }
}
