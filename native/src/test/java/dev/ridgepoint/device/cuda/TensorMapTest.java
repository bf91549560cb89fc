package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.device.cuda.driver.CudaException;
import dev.ridgepoint.device.cuda.jni.TensorMap;
import org.bytedeco.javacpp.LongPointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TensorMapTest {
    private static final int BF16 = 9;
    private static final int SWIZZLE_128 = 3;

    private final TensorMap map =
            new TensorMap(BF16, 0x10000, new long[] {4096, 512}, new long[] {8192}, new int[] {64, 128}, SWIZZLE_128);

    @BeforeEach
    void installFake() {
        FakeCuda.install();
    }

    @Test
    void theDriverIsToldEverything() {
        try (LongPointer memory = new LongPointer(2 * TensorMap.BYTES / 8)) {
            long aligned = (memory.address() + 127) & -128;
            map.encode(FakeCuda.path(), aligned);
            // What the fake was told: type, rank, address, extents, stride, box, steps, interleave, swizzle, promotion.
            long[] expected = {BF16, 2, 0x10000, 4096, 512, 8192, 64, 128, 1, 1, 0, SWIZZLE_128, 3, 0};
            int first = (int) ((aligned - memory.address()) / 8);
            for (int i = 0; i < expected.length; i++) {
                assertEquals(expected[i], memory.get(first + i), "word " + i);
            }
        }
    }

    @Test
    void aRefusalIsTheDrivers() {
        FakeCuda.failNext("cuTensorMapEncodeTiled", 1);
        CudaException e = assertThrows(CudaException.class, () -> map.encode(FakeCuda.path(), 128));
        assertEquals("cuTensorMapEncodeTiled: CUDA_ERROR_INVALID_VALUE (1), the fake's words for 1", e.getMessage());
    }

    @Test
    void whatCannotBeAMapIsNamed() {
        assertThrows(IllegalArgumentException.class, () -> map.encode(FakeCuda.path(), 64));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TensorMap(BF16, 0, new long[6], new long[5], new int[6], SWIZZLE_128));
        assertThrows(
                IllegalArgumentException.class,
                () -> new TensorMap(BF16, 0, new long[2], new long[2], new int[2], SWIZZLE_128));
    }
}
