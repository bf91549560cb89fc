package dev.ridgepoint.analysis.tradeoff;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.RowFunction;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What storing operands in a precision costs before any arithmetic: the relative root-mean-square error of a seeded
 * matrix of independent standard normal values after a round trip through the format's own codec.
 *
 * <p>The oracle judges a kernel on the operands as quantised, so its verdict leaves this out; a user does not. It speaks
 * of normal data only: outliers cost formats with shared scales more.
 */
public final class RepresentationError {
    private static final int ROWS = 64;
    private static final int COLS = 1024;
    private static final long SEED = 20261121;

    private static final float[] SAMPLE = sample();
    private static final Map<Object, Double> KNOWN = new ConcurrentHashMap<>();

    private RepresentationError() {}

    /** The error of the operands of a product or of attention, those of both operands added in quadrature; softmax has one. */
    public static double ofOperands(String op, Precision precision) {
        QuantFormat eightBit = precision.activation().bits() <= 8 ? precision.weightFormat() : null;
        double activation = stored(eightBit, precision.activation());
        if (op.equals(RowFunction.SOFTMAX.id())) {
            return activation;
        }
        double other = op.equals("attention")
                ? stored(precision.kvFormat() == null ? eightBit : precision.kvFormat(), precision.kv())
                : stored(precision.weightFormat(), precision.weight());
        return Math.hypot(activation, other);
    }

    private static double stored(QuantFormat format, DType type) {
        return format == null ? of(type) : of(format);
    }

    /** The error of a quantised format. */
    public static double of(QuantFormat format) {
        return KNOWN.computeIfAbsent(format, key -> {
            QuantCodec codec = QuantCodecs.of(format);
            return relative(codec.decode(codec.encode(SAMPLE, ROWS, COLS)));
        });
    }

    /** The error of a plain type. */
    public static double of(DType type) {
        return KNOWN.computeIfAbsent(type, key -> {
            float[] rounded = SAMPLE.clone();
            for (int i = 0; i < rounded.length; i++) {
                rounded[i] = FloatCodec.round(type, rounded[i]);
            }
            return relative(rounded);
        });
    }

    private static double relative(float[] stored) {
        double error = 0;
        double signal = 0;
        for (int i = 0; i < SAMPLE.length; i++) {
            double difference = (double) stored[i] - SAMPLE[i];
            error += difference * difference;
            signal += (double) SAMPLE[i] * SAMPLE[i];
        }
        return Math.sqrt(error / signal);
    }

    private static float[] sample() {
        Random random = new Random(SEED);
        float[] values = new float[ROWS * COLS];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
