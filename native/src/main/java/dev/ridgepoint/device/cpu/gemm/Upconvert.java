package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;

/**
 * Converts operands to fp32 at every launch and multiplies there: any precision on any CPU, saving bytes alone.
 * Weights are converted a panel of channels at a time, small enough to be multiplied out of cache.
 */
record Upconvert(Precision precision) implements Multiplier {
    private static final long PANEL_BYTES = 4 << 20;
    /** Panels begin at whole words of packed channels. */
    private static final long CHANNELS = 8;

    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        long a = activations(launch, p);
        boolean narrows = precision.output() != DType.FP32;
        long c = narrows ? launch.scratch(Float.BYTES * p.m() * p.n()) : p.c();
        long panel = Math.min(p.n(), Math.max(1, PANEL_BYTES / (Float.BYTES * p.k() * CHANNELS)) * CHANNELS);
        long b = launch.scratch(Float.BYTES * panel * p.k());
        After after = after(launch, p);
        Primitive whole = panelProduct(launch, p, after, panel);
        for (long n = 0; n < p.n(); n += panel) {
            long width = Math.min(panel, p.n() - n);
            launch.then("native", weights(p, n, n + width, b));
            launch.then(
                    width == panel ? whole : panelProduct(launch, p, after, width),
                    after.withBias(DType.FP32, after.bias() + Float.BYTES * n)
                            .with(
                                    width,
                                    Argument.source(source(p), a),
                                    Argument.weights(Layout.transposed(DType.FP32, width, p.k()), b),
                                    Argument.destination(destination(p, width), c + Float.BYTES * n)));
        }
        if (narrows) {
            launch.then("native", NativeTask.convert(DType.FP32, precision.output(), p.m() * p.n(), c, p.c()));
        }
    }

    /** Biases are added in fp32, as everything is. */
    private After after(LaunchBuilder launch, Product p) {
        After after = p.after();
        if (!after.epilogue().hasBias() || after.type() == DType.FP32) {
            return after;
        }
        long wide = launch.scratch(Float.BYTES * p.n());
        launch.then("native", NativeTask.convert(after.type(), DType.FP32, p.n(), after.bias(), wide));
        return after.withBias(DType.FP32, wide);
    }

    private long activations(LaunchBuilder launch, Product p) {
        DType type = precision.activation();
        if (type == DType.FP32) {
            return p.a().codes();
        }
        long wide = launch.scratch(Float.BYTES * p.m() * p.k());
        boolean plain = type == DType.BF16 || type == DType.FP16;
        launch.then(
                "native",
                plain
                        ? NativeTask.convert(type, DType.FP32, p.m() * p.k(), p.a().codes(), wide)
                        : NativeTask.dequantize(
                                precision.weightFormat().id(), DType.FP32, p.m(), p.k(), 0, p.m(), p.a(), wide));
        return wide;
    }

    private NativeTask weights(Product p, long from, long to, long wide) {
        QuantFormat format = precision.weightFormat();
        QuantisedAt b = p.b();
        if (format == null) {
            long first = b.codes() + precision.weight().bits() / 8 * from * p.k();
            return NativeTask.convert(precision.weight(), DType.FP32, (to - from) * p.k(), first, wide);
        }
        return NativeTask.dequantize(format.id(), DType.FP32, p.n(), p.k(), from, to, b, wide);
    }

    private static Layout source(Product p) {
        return Layout.rowMajor(DType.FP32, p.m(), p.k());
    }

    private static Layout destination(Product p, long width) {
        return Layout.strided(DType.FP32, new long[] {p.m(), width}, new long[] {p.n(), 1});
    }

    private static Primitive panelProduct(LaunchBuilder launch, Product p, After after, long width) {
        Layout b = Layout.transposed(DType.FP32, width, p.k());
        try (Matmul matmul = after.describe(Matmul.of(source(p), b, destination(p, width)), width)) {
            return launch.own(matmul.compile(launch.oneDnn()));
        }
    }
}
