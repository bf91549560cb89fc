package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.Matmul;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.ArrayList;
import java.util.List;

/**
 * oneDNN's weight decompression: int4 weights in groups of 128 along k. A checkpoint's order of nibbles is not
 * oneDNN's, so every launch puts them in order first; the time says so. Symmetric codes become signed ones on the way, so
 * that oneDNN is given no zero points. Scales become fp32, since oneDNN has no kernel for others without AVX512-FP16.
 */
record OneDnnInt4Weights(DType activation, QuantFormat format) implements Multiplier {
    private static final long GROUP = 128;
    private static final long WORD = 8;

    @Override
    public void multiply(LaunchBuilder launch, Product p) {
        if (p.k() % GROUP != 0 || p.n() % WORD != 0) {
            throw new UnsupportedKernelException("oneDNN takes whole groups of " + GROUP
                    + " weights and whole words of " + WORD + " channels, not N=" + p.n() + " K=" + p.k());
        }
        Layout a = Layout.rowMajor(activation, p.m(), p.k());
        boolean symmetric = format.zeroBits() == 0;
        Layout b = symmetric ? Layout.signedInt4(p.k(), p.n()) : Layout.rowMajor(DType.INT4, p.k(), p.n());
        Layout c = Layout.rowMajor(activation, p.m(), p.n());
        Layout scales = Layout.rowMajor(DType.FP32, p.k() / GROUP, p.n());
        Matmul plain = Matmul.of(a, b, c).weightScales(DType.FP32, GROUP).decompressingTo(DType.BF16);
        if (!symmetric) {
            plain.weightZeros(DType.INT8, GROUP);
        }
        try (Matmul matmul = p.after().describe(plain, p.n())) {
            var primitive = launch.own(matmul.compile(launch.oneDnn()));
            long plainCodes = launch.scratch(p.k() * p.n() / 2);
            long groups = p.k() / GROUP * p.n();
            long plainZeros = symmetric ? 0 : launch.scratch(groups);
            long plainScales = launch.scratch(Float.BYTES * groups);
            launch.then(
                    "native:repack", NativeTask.repackInt4(format.id(), p.n(), p.k(), p.b(), plainCodes, plainZeros));
            launch.then(
                    "native:convert", NativeTask.convert(DType.FP16, DType.FP32, groups, p.b().scales(), plainScales));
            List<Argument> arguments = new ArrayList<>(List.of(
                    Argument.source(a, p.a().codes()),
                    Argument.weights(b, plainCodes),
                    Argument.weightScales(scales, plainScales),
                    Argument.destination(c, p.c())));
            if (!symmetric) {
                Layout zeros = Layout.rowMajor(DType.INT8, p.k() / GROUP, p.n());
                arguments.add(Argument.weightZeros(zeros, plainZeros));
            }
            launch.then(primitive, p.after().with(p.n(), arguments.toArray(Argument[]::new)));
        }
    }

    @Override
    public boolean multipliesSubnormals(DeviceTraits device) {
        return Hardware.multipliesSubnormalBf16(device);
    }
}
