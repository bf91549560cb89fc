package dev.ridgepoint.results.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinTask;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * Checks many small things on all cores and reports them in their order. While some are checked the caller gathers the
 * next, and lends a hand when it has to wait. What waits is bounded in number and in bytes.
 *
 * @param <T> what is checked
 * @param <R> what is learnt from it
 */
final class Batch<T, R> {
    private static final int MOST = 128;
    private static final long MOST_BYTES = 4L << 20;
    /** What a thread takes at a time. */
    private static final int PORTION = 16;

    private final Findings findings;
    private final BiFunction<T, Findings, R> check;
    private final Consumer<R> after;
    private List<T> waiting = new ArrayList<>();
    private long bytes;
    private List<ForkJoinTask<List<Done<R>>>> running = List.of();

    /**
     * @param check runs on any thread and reports to the findings it is given
     * @param after runs on the caller's thread, in order
     */
    Batch(Findings findings, BiFunction<T, Findings, R> check, Consumer<R> after) {
        this.findings = findings;
        this.check = check;
        this.after = after;
    }

    private record Done<R>(R result, Findings findings) {}

    /** Adds a thing that takes so many bytes. */
    void add(T thing, long size) {
        waiting.add(thing);
        bytes += size;
        if (waiting.size() >= MOST || bytes >= MOST_BYTES) {
            start();
        }
    }

    /** Checks what still waits. */
    void finish() {
        start();
        collect();
    }

    /** At most one batch is under way while the next is gathered. */
    private void start() {
        collect();
        List<ForkJoinTask<List<Done<R>>>> started = new ArrayList<>();
        for (int from = 0; from < waiting.size(); from += PORTION) {
            List<T> portion = waiting.subList(from, Math.min(waiting.size(), from + PORTION));
            started.add(ForkJoinTask.adapt(() -> portion.stream().map(this::one).toList())
                    .fork());
        }
        running = started;
        waiting = new ArrayList<>();
        bytes = 0;
    }

    /** Waits from the last portion on: other threads begin with the first, and the one waited for is done here. */
    private void collect() {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).join();
        }
        List<ForkJoinTask<List<Done<R>>>> finished = running;
        running = List.of();
        for (ForkJoinTask<List<Done<R>>> portion : finished) {
            for (Done<R> each : portion.join()) {
                findings.addAll(each.findings);
                after.accept(each.result);
            }
        }
    }

    private Done<R> one(T thing) {
        Findings own = new Findings();
        try {
            return new Done<>(check.apply(thing, own), own);
        } catch (Findings.WrongThroughout enough) {
            // Taking over what it found ends the whole check, on the caller's thread.
            return new Done<>(null, own);
        }
    }
}
