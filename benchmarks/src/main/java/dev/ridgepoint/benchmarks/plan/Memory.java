package dev.ridgepoint.benchmarks.plan;

import java.util.OptionalLong;

/**
 * Memory that cases may take.
 *
 * @param hostBytes free on the host
 * @param deviceBytes of the device; empty where kernels use the host's
 */
public record Memory(long hostBytes, OptionalLong deviceBytes) {
    /** Host and device share it. */
    public static Memory shared(long bytes) {
        return new Memory(bytes, OptionalLong.empty());
    }
}
