package dev.ridgepoint.benchmarks.doctor;

import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Processor time that others take of this machine while we run forks: all there is, as Linux counts it, less ours and that of
 * children who have ended. A child that still runs counts as another. Time that the hypervisor gave to other guests is theirs too.
 */
public final class OthersTime {
    private final HostFiles host;
    private final long start;
    private final Optional<Ticks> before;

    /** Since the machine began, and since we did; in {@link Neighbours#TICKS_A_SECOND}. */
    private record Ticks(double busy, double ours) {
        private static final int[] BUSY = {1, 2, 3, 6, 7, 8};
        private static final int[] OURS = {11, 12, 13, 14};

        static Optional<Ticks> of(HostFiles host) {
            Optional<String[]> all = host.read("proc/stat")
                    .map(text -> text.lines().findFirst().orElse(""))
                    .map(Ticks::fields);
            // The command in brackets may hold anything, so fields count from the last bracket.
            Optional<String[]> own =
                    host.read("proc/self/stat").map(text -> fields(text.substring(text.lastIndexOf(')') + 1)));
            return all.isEmpty() || own.isEmpty() || all.get().length <= 8 || own.get().length <= 14
                    ? Optional.empty()
                    : Optional.of(new Ticks(sum(all.get(), BUSY), sum(own.get(), OURS)));
        }

        private static String[] fields(String line) {
            return line.trim().split("\\s+");
        }

        private static double sum(String[] fields, int... which) {
            double sum = 0;
            for (int field : which) {
                sum += Double.parseDouble(fields[field]);
            }
            return sum;
        }
    }

    private OthersTime(HostFiles host) {
        this.host = host;
        this.before = Ticks.of(host);
        this.start = System.nanoTime();
    }

    /** Watches from now on. */
    public static OthersTime watch() {
        return watch(HostFiles.ofThisMachine());
    }

    static OthersTime watch(HostFiles host) {
        return new OthersTime(host);
    }

    /** Processors that others kept busy since then, on average; empty where the machine does not tell. */
    public OptionalDouble cores() {
        double seconds = (System.nanoTime() - start) / 1e9;
        Optional<Ticks> now = Ticks.of(host);
        if (before.isEmpty() || now.isEmpty()) {
            return OptionalDouble.empty();
        }
        double busy = now.get().busy() - before.get().busy();
        double ours = now.get().ours() - before.get().ours();
        return OptionalDouble.of(Math.max(0, busy - ours) / Neighbours.TICKS_A_SECOND / seconds);
    }
}
