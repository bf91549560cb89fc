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
    private final long availableBytes;

    MemoryNeed(CacheState cache, long lastLevelCacheBytes, long availableBytes) {
        this.cache = cache;
        this.lastLevelCacheBytes = lastLevelCacheBytes;
        this.availableBytes = availableBytes;
    }

    /** Why the problem does not fit, or null where it does. */
    String refusal(Problem problem) {
        double one = OperandSpecs.of(problem).stream()
                .mapToDouble(OperandSpec::bytes)
                .sum();
        double needed = one * (HOST_COPIES + cache.sets((long) one, lastLevelCacheBytes));
        if (needed <= availableBytes) {
            return null;
        }
        return String.format(
                Locale.ROOT,
                "needs about %.1f GiB, %.1f are free",
                needed / (1L << 30),
                availableBytes / (double) (1L << 30));
    }
}
