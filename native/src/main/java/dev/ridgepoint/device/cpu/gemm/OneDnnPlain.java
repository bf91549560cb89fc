package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.precision.DType;

/** One oneDNN matrix product on operands as they are stored. */
record OneDnnPlain(DType type, DType output) implements Multiplier {
    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        Layout a = Layout.rowMajor(type, p.m(), p.k());
        Layout b = Layout.transposed(type, p.n(), p.k());
        Layout c = Layout.rowMajor(output, p.m(), p.n());
        try (Matmul matmul = p.after().describe(Matmul.of(a, b, c), p.n())) {
            launch.then(
                    launch.own(matmul.compile(launch.oneDnn())),
                    p.after()
                            .with(
                                    p.n(),
                                    Argument.source(a, p.a().codes()),
                                    Argument.weights(b, p.b().codes()),
                                    Argument.destination(c, p.c())));
        }
    }

    @Override
    public boolean multipliesSubnormals(DeviceTraits device) {
        return type != DType.BF16 || Hardware.multipliesSubnormalBf16(device);
    }
}
