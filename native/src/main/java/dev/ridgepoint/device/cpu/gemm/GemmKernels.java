package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.Hardware;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import java.util.ArrayList;
import java.util.List;

/** The CPU's matrix products, a row for each way to do a precision. */
public final class GemmKernels {
    private static final String AS_STORED = "oneDNN matrix product on operands as they are stored";
    private static final String CONVERTED = "operands to fp32 at every launch, then oneDNN's fp32 product";

    private GemmKernels() {}

    public static List<CpuKernel> all() {
        List<CpuKernel> rows = new ArrayList<>();
        rows.add(oneDnn(Precision.FP32, AS_STORED, Hardware::natively, new OneDnnPlain(DType.FP32, DType.FP32)));
        rows.add(oneDnn(Precision.BF16, AS_STORED, Hardware::bf16, new OneDnnPlain(DType.BF16, DType.BF16)));
        rows.add(oneDnn(Precision.FP16, AS_STORED, Hardware::fp16, new OneDnnPlain(DType.FP16, DType.FP16)));
        rows.add(oneDnn(Precision.INT8, "oneDNN int8 product, scaled", Hardware::int8, new OneDnnInt8()));
        rows.add(oneDnn(
                Precision.W8A16,
                "oneDNN decompresses weights to bf16",
                Hardware::decompressed,
                new OneDnnInt8Weights(DType.BF16)));
        rows.add(int4(Precision.W4A16_G128, QuantFormat.INT4_G128_AWQ));
        rows.add(int4(Precision.W4A16_G128_GPTQ, QuantFormat.INT4_G128_GPTQ));
        rows.add(int4(Precision.W4A16_G128_SYM, QuantFormat.INT4_G128_SYM));
        rows.add(new GemmKernel(
                "gemm/cpu_int8_native",
                "codes widened to 16 bits, exact sums, one thread",
                Precision.INT8,
                Hardware::converted,
                new NativeInt8()));
        rows.add(new GemmKernel(
                "gemm/cpu_tf32_upconvert",
                "oneDNN's fp32 product on operands stored as fp32",
                Precision.TF32,
                device -> Support.upconverted(),
                new OneDnnPlain(DType.FP32, DType.FP32)));
        for (Precision precision : List.of(
                Precision.BF16,
                Precision.FP16,
                Precision.FP8_E4M3,
                Precision.FP8_E5M2,
                Precision.W8A16,
                Precision.W8A16_FP8,
                Precision.W8A16_ZP,
                Precision.W4A16_G128,
                Precision.W4A16_G128_GPTQ,
                Precision.W4A16_G128_SYM,
                Precision.Q4_0,
                Precision.Q8_0,
                Precision.Q4_K,
                Precision.Q6_K,
                Precision.MXFP8,
                Precision.MXFP4,
                Precision.NVFP4)) {
            rows.add(new GemmKernel(
                    "gemm/cpu_" + precision.id() + "_upconvert",
                    CONVERTED,
                    precision,
                    Hardware::converted,
                    new Upconvert(precision)));
        }
        return rows;
    }

    private static GemmKernel int4(Precision precision, QuantFormat format) {
        return oneDnn(
                precision,
                "nibbles put in order at every launch, then oneDNN decompresses them to bf16",
                Hardware::repacked,
                new OneDnnInt4Weights(DType.BF16, format));
    }

    private static GemmKernel oneDnn(Precision precision, String idea, Hardware hardware, Multiplier multiplier) {
        return new GemmKernel("gemm/cpu_" + precision.id() + "_onednn", idea, precision, hardware, multiplier);
    }
}
