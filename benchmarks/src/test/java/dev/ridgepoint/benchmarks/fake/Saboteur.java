package dev.ridgepoint.benchmarks.fake;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Kernels that would be fast because they are wrong. The gate must say no to each, and why. */
public enum Saboteur {
    /** Leaves whatever was in the output. */
    STALE_MEMORY("before timing", gemm -> () -> {}),
    /** Computes all rows but those of the last, ragged tile. */
    TAIL_TILE_IGNORED(
            "before timing", gemm -> () -> gemm.computeRows(gemm.shape().m() - 1)),
    /** Right on its first call, idle ever after. */
    RIGHT_ONCE("on the second call", gemm -> {
        int[] calls = {0};
        return () -> {
            if (calls[0]++ == 0) {
                gemm.compute();
            }
        };
    }),
    /** Right for as long as a gate may look, idle when it is timed. */
    RIGHT_UNTIL_TIMED("nothing was written any more", gemm -> {
        int[] calls = {0};
        return () -> {
            if (calls[0]++ < 10) {
                gemm.compute();
            }
        };
    }),
    /** NaN compares false with everything, a bound on the error included. */
    NAN_EVERYWHERE("before timing", gemm -> () -> {
        FloatBuffer c = gemm.c().floats();
        for (int i = 0; i < c.limit(); i++) {
            c.put(i, Float.NaN);
        }
    }),
    /** Returns at once and computes on another thread. */
    LATE_ON_ANOTHER_THREAD(
            "",
            gemm -> () -> new Thread(() -> {
                        pause(2);
                        gemm.compute();
                    })
                    .start()),
    /** Computes at once, and again on another thread, so that the first look finds everything in place. */
    WRITES_AFTER_RETURN("after the call had returned", gemm -> () -> {
        gemm.compute();
        new Thread(() -> {
                    pause(2);
                    gemm.compute();
                })
                .start();
    }),
    /** Remembers results by the address of the input. */
    CACHED_BY_ADDRESS("earlier inputs came back", Saboteur::cached),
    /** Uses an input as scratch memory. */
    INPUT_OVERWRITTEN("input 'a' was overwritten", gemm -> () -> {
        gemm.compute();
        gemm.a().floats().put(0, 42);
    }),
    /** Uses an input as scratch memory, but not while a gate looks first. */
    INPUT_OVERWRITTEN_WHEN_TIMED("input 'a' was overwritten during timing", gemm -> overwritingInCall(gemm, 5)),
    /** Uses an input as scratch memory, in the very last call of a case. */
    INPUT_OVERWRITTEN_AT_LAST("input 'a' was overwritten after timing", gemm -> overwritingInCall(gemm, 10));

    private final String reason;
    private final Function<FakeGemm, Runnable> behaviour;

    Saboteur(String reason, Function<FakeGemm, Runnable> behaviour) {
        this.reason = reason;
        this.behaviour = behaviour;
    }

    /** Words the gate's reason must hold. */
    public String reason() {
        return reason;
    }

    /** The kernel bound to its operands. */
    public Runnable bind(FakeGemm gemm) {
        return behaviour.apply(gemm);
    }

    private static Runnable cached(FakeGemm gemm) {
        Map<Long, float[]> results = new HashMap<>();
        return () -> {
            FloatBuffer c = gemm.c().floats();
            float[] known = results.get(gemm.a().address());
            if (known == null) {
                gemm.compute();
                known = new float[c.limit()];
                c.get(0, known);
                results.put(gemm.a().address(), known);
            } else {
                c.put(0, known);
            }
        };
    }

    private static Runnable overwritingInCall(FakeGemm gemm, int call) {
        int[] calls = {0};
        return () -> {
            gemm.compute();
            if (calls[0]++ == call) {
                gemm.a().floats().put(0, 42);
            }
        };
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
