package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.DeviceException;
import java.util.Arrays;

/**
 * How a tile of a tensor lies in memory, as bulk tensor copies want it from sm_90 on. Both bindings use this: JCuda has
 * no encoder of its own, and the driver's library is the same.
 *
 * @param type the driver's {@code CUtensorMapDataType}
 * @param address of the tensor, a multiple of 16
 * @param extents elements a dimension, the fastest first
 * @param strides bytes between neighbours of every dimension but the first
 * @param box elements a tile has of each dimension
 * @param swizzle the driver's {@code CUtensorMapSwizzle}
 */
public record TensorMap(int type, long address, long[] extents, long[] strides, int[] box, int swizzle) {
    /** Bytes of an encoded map, which lies at a multiple of as many: 64 would do for a driver before 13. */
    public static final int BYTES = 128;

    private static final int NO_INTERLEAVE = 0;
    private static final int PROMOTE_TO_256_BYTES = 3;
    private static final int ZEROS_OUT_OF_BOUNDS = 0;

    public TensorMap {
        if (extents.length < 1 || extents.length > 5) {
            throw new IllegalArgumentException("extents: a tensor map has 1 to 5 dimensions, got " + extents.length);
        }
        if (strides.length != extents.length - 1 || box.length != extents.length) {
            throw new IllegalArgumentException("strides, box: expected " + (extents.length - 1) + " and "
                    + extents.length + " of them, got " + strides.length + " and " + box.length);
        }
    }

    /**
     * Writes the map to host memory.
     *
     * @param driver the driver's library, by name or path: the one the process uses already
     * @param to where, a multiple of {@value #BYTES}
     */
    public void encode(String driver, long to) {
        if (to % BYTES != 0) {
            throw new IllegalArgumentException("to: a tensor map lies at a multiple of " + BYTES + ", got " + to);
        }
        if (JniLibrary.load().isEmpty()) {
            throw new DeviceException("tensor maps are encoded by our C++ library, which this build has not");
        }
        String failure = NativeCuda.open_driver(driver);
        if (failure != null) {
            throw new DeviceException("no CUDA driver: " + failure);
        }
        int[] ones = new int[extents.length];
        Arrays.fill(ones, 1);
        Calls.check(
                "cuTensorMapEncodeTiled",
                NativeCuda.tensor_map_encode(
                        to,
                        type,
                        extents.length,
                        address,
                        extents,
                        strides,
                        box,
                        ones,
                        NO_INTERLEAVE,
                        swizzle,
                        PROMOTE_TO_256_BYTES,
                        ZEROS_OUT_OF_BOUNDS));
    }
}
