package dev.ridgepoint.kernels.catalog;

import dev.ridgepoint.kernels.precision.DType;
import java.util.Set;

/**
 * What a kernel must know of a device to say whether it can run there. Lives here so that nothing points upwards.
 *
 * @param name the device's own name
 * @param arch {@code x86-64-v3}, {@code x86-64-v4}, {@code sm_90a}, ...
 * @param nativeTypes types the multiplier takes without converting them first
 * @param units SMs of a GPU, hardware threads of a CPU
 * @param sharedMemoryBytes shared memory a block may use; 0 on a CPU
 * @param lastLevelCacheBytes L2 of a GPU, L3 of a CPU: what buffers are rotated against
 * @param features further features by name, such as {@code avx512_vnni}, {@code amx_bf16}
 */
public record DeviceTraits(
        String name,
        String arch,
        Set<DType> nativeTypes,
        int units,
        long sharedMemoryBytes,
        long lastLevelCacheBytes,
        Set<String> features) {
    public DeviceTraits {
        nativeTypes = Set.copyOf(nativeTypes);
        features = Set.copyOf(features);
    }

    /** The same device, had it so many units. */
    public DeviceTraits withUnits(int others) {
        return new DeviceTraits(name, arch, nativeTypes, others, sharedMemoryBytes, lastLevelCacheBytes, features);
    }
}
