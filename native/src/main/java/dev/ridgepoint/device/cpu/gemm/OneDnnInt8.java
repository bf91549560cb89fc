package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.kernels.precision.DType;

/** oneDNN's int8 product, one fp32 scale an operand, written as bf16. */
record OneDnnInt8() implements Multiplier {
    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        Layout a = Layout.rowMajor(DType.INT8, p.m(), p.k());
        Layout b = Layout.transposed(DType.INT8, p.n(), p.k());
        Layout c = Layout.rowMajor(DType.BF16, p.m(), p.n());
        Layout scale = Layout.rowMajor(DType.FP32, 1);
        try (Matmul matmul = p.after().describe(Matmul.of(a, b, c).scaledByTensor(), p.n())) {
            launch.then(
                    launch.own(matmul.compile(launch.oneDnn())),
                    p.after()
                            .with(
                                    p.n(),
                                    Argument.source(a, p.a().codes()),
                                    Argument.weights(b, p.b().codes()),
                                    Argument.sourceScales(scale, p.a().scales()),
                                    Argument.weightScales(scale, p.b().scales()),
                                    Argument.destination(c, p.c())));
        }
    }
}
