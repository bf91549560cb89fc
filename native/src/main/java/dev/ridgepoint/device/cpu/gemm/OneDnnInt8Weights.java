package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Reorder;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.precision.DType;

/** oneDNN's weight decompression: int8 weights in groups of 128 along k under bf16 activations. */
record OneDnnInt8Weights(DType activation) implements Multiplier {
    private static final long GROUP = 128;

    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        if (p.k() % GROUP != 0) {
            throw new UnsupportedKernelException(
                    "oneDNN scales whole groups of " + GROUP + " weights, and K=" + p.k() + " is no multiple");
        }
        Layout a = Layout.rowMajor(activation, p.m(), p.k());
        Layout b = Layout.transposed(DType.INT8, p.n(), p.k());
        Layout c = Layout.rowMajor(activation, p.m(), p.n());
        Matmul plain = Matmul.of(a, b, c).weightScales(DType.FP32, GROUP).decompressingTo(DType.BF16);
        try (Matmul matmul = p.after().describe(plain, p.n())) {
            var primitive = launch.own(matmul.compile(launch.oneDnn()));
            // Ours lie [n, k / 128], oneDNN's [k / 128, n].
            Layout ours = Layout.transposed(DType.FP32, p.n(), p.k() / GROUP);
            Layout theirs = Layout.rowMajor(DType.FP32, p.k() / GROUP, p.n());
            long scales = launch.scratch(Float.BYTES * p.n() * (p.k() / GROUP));
            launch.then(
                    launch.own(Reorder.compile(launch.oneDnn(), ours, theirs)),
                    Argument.from(ours, p.b().scales()),
                    Argument.to(theirs, scales));
            launch.then(
                    primitive,
                    p.after()
                            .with(
                                    p.n(),
                                    Argument.source(a, p.a().codes()),
                                    Argument.weights(b, p.b().codes()),
                                    Argument.weightScales(theirs, scales),
                                    Argument.destination(c, p.c())));
        }
    }

    @Override
    public boolean multipliesSubnormals(DeviceTraits device) {
        return Hardware.multipliesSubnormalBf16(device);
    }
}
