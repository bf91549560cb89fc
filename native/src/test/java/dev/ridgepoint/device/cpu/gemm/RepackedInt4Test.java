package dev.ridgepoint.device.cpu.gemm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.ridgepoint.device.cpu.Skip;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import java.util.Random;
import org.bytedeco.javacpp.BytePointer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What oneDNN is given of int4 weights: nibbles [k, n] that, zero points and scales applied, are the codec's values. */
class RepackedInt4Test {
    private static final int N = 24;
    private static final int K = 256;
    private static final int GROUP = 128;

    @BeforeEach
    void needsTheLibrary() {
        Skip.unless(NativeLibrary.isBuilt(), () -> NativeLibrary.LEFT_OUT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"int4_g128_awq", "int4_g128_gptq", "int4_g128_sym"})
    void nibblesStandForTheWeights(String id) {
        QuantFormat format = QuantFormat.parse(id);
        float[] x = new float[N * K];
        Random random = new Random(1);
        for (int i = 0; i < x.length; i++) {
            // Rows of one sign have zero points at either end.
            x[i] = (float) random.nextGaussian() + (i / K % 3 - 1) * 3;
        }
        QuantTensor tensor = QuantCodecs.of(format).encode(x, N, K);
        byte[] codes = new byte[N * K / 2];
        byte[] zeros = new byte[N * K / GROUP];
        boolean symmetric = format.zeroBits() == 0;
        try (BytePointer from = new BytePointer(tensor.codes());
                BytePointer fromZeros = new BytePointer(tensor.zeros());
                BytePointer to = new BytePointer(codes.length);
                BytePointer toZeros = new BytePointer(zeros.length)) {
            QuantisedAt at = new QuantisedAt(from.address(), 0, symmetric ? 0 : fromZeros.address(), 0);
            try (NativeTask task =
                    NativeTask.repackInt4(id, N, K, at, to.address(), symmetric ? 0 : toZeros.address())) {
                task.run();
            }
            to.get(codes);
            if (!symmetric) {
                toZeros.get(zeros);
            }
        }
        // Under scales of one values are differences of codes and zero points.
        byte[] ones = new byte[tensor.scales().length];
        for (int i = 1; i < ones.length; i += 2) {
            ones[i] = 0x3c;
        }
        float[] expected =
                QuantCodecs.of(format).decode(new QuantTensor(format, N, K, tensor.codes(), ones, tensor.zeros(), 1));
        float[] differences = new float[N * K];
        for (int k = 0; k < K; k++) {
            for (int n = 0; n < N; n++) {
                int nibble = codes[(k * N + n) / 2] >> (n % 2 * 4) & 0xF;
                int value = symmetric ? nibble << 28 >> 28 : nibble - zeros[k / GROUP * N + n];
                differences[n * K + k] = value;
            }
        }
        assertArrayEquals(expected, differences);
    }
}
