package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.Locale;

/** Refuses cases that would push this machine into swap, where nothing can be measured. */
final class MemoryNeed {
    /** Host copies for generation, upload and comparison beside the buffers themselves. */
    private static final int HOST_COPIES = 4;

    private final CacheState cache;
    private final long lastLevelCacheBytes;
    private final Memory memory;

    MemoryNeed(CacheState cache, long lastLevelCacheBytes, Memory memory) {
        this.cache = cache;
        this.lastLevelCacheBytes = lastLevelCacheBytes;
        this.memory = memory;
    }

    /** Why the problem does not fit, or null where it does. */
    String refusal(Problem problem) {
        double one = OperandSpecs.of(problem).stream()
                .mapToDouble(OperandSpec::bytes)
                .sum();
        double sets = one * cache.sets((long) one, lastLevelCacheBytes);
        double copies = one * HOST_COPIES;
        if (memory.deviceBytes().isEmpty()) {
            return excess(copies + sets, memory.hostBytes(), "are free");
        }
        String onDevice = excess(sets, memory.deviceBytes().getAsLong(), "has the device");
        return onDevice != null ? onDevice : excess(copies, memory.hostBytes(), "are free on the host");
    }

    private static String excess(double needed, long available, String whose) {
        return needed <= available
                ? null
                : String.format(
                        Locale.ROOT,
                        "needs about %.1f GiB, %.1f %s",
                        needed / (1L << 30),
                        available / (double) (1L << 30),
                        whose);
    }
}
