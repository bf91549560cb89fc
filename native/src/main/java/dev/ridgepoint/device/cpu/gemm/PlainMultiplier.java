package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.kernels.precision.DType;

/** One oneDNN matrix product on operands as they are stored. */
record PlainMultiplier(DType activation, DType weight, DType output) implements Multiplier {
    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        Layout a = Layout.rowMajor(activation, p.m(), p.k());
        Layout b = Layout.transposed(weight, p.n(), p.k());
        Layout c = Layout.rowMajor(output, p.m(), p.n());
        try (Matmul matmul = Matmul.of(a, b, c)) {
            Primitive primitive = launch.own(matmul.compile(launch.oneDnn()));
            launch.then(
                    primitive, Argument.source(a, p.a()), Argument.weights(b, p.b()), Argument.destination(c, p.c()));
        }
    }
}
