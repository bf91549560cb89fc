package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Eltwise;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.Epilogue;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What is done to one product in oneDNN's registers, by its post-operations.
 *
 * @param type of the bias
 * @param bias of the first column; nothing lies there where the epilogue has none
 */
record After(Epilogue epilogue, DType type, long bias) {
    /** The same where biases lie as another type, or begin at another column. */
    After withBias(DType other, long at) {
        return new After(epilogue, other, at);
    }

    private static Layout row(DType type, long n) {
        return Layout.rowMajor(type, 1, n);
    }

    /** The product with its post-operations, of {@code n} columns. */
    Matmul describe(Matmul matmul, long n) {
        if (epilogue.hasBias()) {
            matmul.plus(row(type, n));
        }
        return switch (epilogue) {
            case NONE, BIAS -> matmul;
            case BIAS_GELU -> matmul.through(Eltwise.GELU_ERF);
            case BIAS_GELU_TANH -> matmul.through(Eltwise.GELU_TANH);
            case BIAS_SILU -> matmul.through(Eltwise.SWISH);
        };
    }

    /** The product's arguments and the bias, which is its first post-operation's. */
    Argument[] with(long n, Argument... arguments) {
        return epilogue.hasBias()
                ? Stream.concat(Arrays.stream(arguments), Stream.of(Argument.afterwards(0, row(type, n), bias)))
                        .toArray(Argument[]::new)
                : arguments;
    }
}
