package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.results.Correctness;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * Decides whether a kernel may have a time. Every set of buffers that is timed is checked before and after timing.
 *
 * <p>Before: outputs are poisoned, the kernel runs, and every output must be right and every input untouched; on one
 * set it runs again over another poison, and nothing may be written after a call has returned. Outputs are left
 * poisoned, so that afterwards they can only hold what a timed call wrote. After: those outputs must be right, inputs
 * untouched; then on the first and the last set the inputs are changed in place, outputs poisoned, and the new result
 * must follow the new inputs.
 */
public final class VerificationGate {
    /** NaN in every floating-point type, -1 in integers; verifiers look through every output for it. */
    private static final byte POISON = Verifier.POISON;
    /** Another, so that no value can pass for having been written under both. */
    private static final byte OTHER_POISON = 0x5A;

    private static final long USUAL_WATCH_MILLIS = 40;
    private static final long LONGEST_WATCH_MILLIS = 500;

    private final Tolerance.Kind toleranceKind;
    private final Expectation asked;
    private final Supplier<Expectation> changed;
    private final long watchMillis;
    private final long longestWatchMillis;

    /**
     * @param asked what is timed
     * @param changed other operands of the same problem, for the proof that results follow inputs; asked for only
     *     after timing, so that they lie in nobody's way before
     */
    public VerificationGate(Expectation asked, Supplier<Expectation> changed) {
        this(asked, changed, USUAL_WATCH_MILLIS, LONGEST_WATCH_MILLIS);
    }

    /**
     * @param watchMillis how long at the least to watch for writes after a call has returned
     * @param longestWatchMillis and at the most, where calls are long
     */
    VerificationGate(Expectation asked, Supplier<Expectation> changed, long watchMillis, long longestWatchMillis) {
        this.toleranceKind = Tolerance.of(asked.operands().problem()).kind();
        this.asked = asked;
        this.changed = changed;
        this.watchMillis = watchMillis;
        this.longestWatchMillis = longestWatchMillis;
    }

    /**
     * Checks every set, and leaves its outputs poisoned.
     *
     * @throws IncorrectException if the kernel may not be timed
     */
    public Correctness beforeTiming(List<BoundSet> sets) {
        Tally tally = new Tally(toleranceKind);
        SetsChecker checker = new SetsChecker(asked.verifier());
        for (BoundSet set : sets) {
            runPoisoned(set, POISON);
            tally.require(checker.check(set), "before timing");
            requireInputs(set, asked, "before timing");
        }
        BoundSet first = sets.get(0);
        runPoisoned(first, OTHER_POISON);
        tally.require(verify(first, asked.verifier()), "on the second call");
        requireNothingWrittenAfterReturn(first);
        sets.forEach(set -> set.poison(POISON));
        return tally.correctness(sets.size());
    }

    /**
     * Checks what timing left, and that it depends on the inputs.
     *
     * @param timed how many of the sets, from the first, a timed call has used
     * @throws IncorrectException if the times are of a kernel that was not right throughout
     */
    public Correctness afterTiming(List<BoundSet> sets, int timed) {
        Tally tally = new Tally(toleranceKind);
        SetsChecker checker = new SetsChecker(asked.verifier());
        for (BoundSet set : sets.subList(0, timed)) {
            requireInputs(set, asked, "during timing");
            tally.require(checker.check(set), "after timing");
        }
        // A kernel that remembers does so for every address; two sets tell, and uploading to all takes time.
        followChangedInputs(new LinkedHashSet<>(List.of(sets.get(0), sets.get(timed - 1))), POISON, tally);
        return tally.correctness(timed);
    }

    /**
     * Asks the same of a set that nobody times, in three calls: the output is right, nothing is written after a call has returned,
     * and over another poison the result follows changed inputs. What a kernel does only while it is timed is not looked for.
     *
     * @throws IncorrectException if the kernel is wrong
     */
    public Correctness untimed(BoundSet set) {
        Tally tally = new Tally(toleranceKind);
        runPoisoned(set, POISON);
        tally.require(verify(set, asked.verifier()), "before timing");
        requireInputs(set, asked, "before timing");
        requireNothingWrittenAfterReturn(set);
        followChangedInputs(List.of(set), OTHER_POISON, tally);
        return tally.correctness(1);
    }

    private void followChangedInputs(Collection<BoundSet> sets, byte poison, Tally tally) {
        Expectation other = changed.get();
        for (BoundSet set : sets) {
            set.upload(other.operands());
            runPoisoned(set, poison);
            requireFollowsInputs(set, poison, other.verifier(), tally);
            requireInputs(set, other, "after timing");
        }
    }

    private static void runPoisoned(BoundSet set, byte poison) {
        set.poison(poison);
        set.run();
    }

    private static Verdict verify(BoundSet set, Verifier verifier) {
        return verifier.check(set.outputs());
    }

    private static void requireInputs(BoundSet set, Expectation uploaded, String when) {
        String name = set.overwrittenInput(uploaded.operands());
        if (name != null) {
            throw new IncorrectException("input '" + name + "' was overwritten " + when, null);
        }
    }

    /** Poisons the outputs once the call has returned, waits, and looks whether anybody wrote over the poison. */
    private void requireNothingWrittenAfterReturn(BoundSet set) {
        long start = System.nanoTime();
        set.run();
        long callMillis = (System.nanoTime() - start) / 1_000_000;
        set.poison(POISON);
        sleep(Math.max(watchMillis, Math.min(4 * callMillis, longestWatchMillis)));
        if (!set.holdsOnly(POISON)) {
            throw new IncorrectException("outputs were written after the call had returned", null);
        }
    }

    /** The second verifier decides; poison left over or the first result tell what went wrong. */
    private void requireFollowsInputs(BoundSet set, byte poison, Verifier expected, Tally tally) {
        Verdict verdict = verify(set, expected);
        if (!verdict.passed()) {
            String reason = "with changed inputs";
            if (set.holdsOnly(poison)) {
                reason = "with changed inputs: nothing was written any more";
            } else if (verify(set, asked.verifier()).passed()) {
                reason = "with changed inputs: the result of the earlier inputs came back";
            }
            tally.require(verdict, reason);
        }
        tally.require(verdict, "with changed inputs");
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
