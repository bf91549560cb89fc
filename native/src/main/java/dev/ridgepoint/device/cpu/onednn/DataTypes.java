package dev.ridgepoint.device.cpu.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import dev.ridgepoint.kernels.precision.DType;

/** Our element types in oneDNN's numbering. */
final class DataTypes {
    private DataTypes() {}

    static int of(DType type) {
        return switch (type) {
            case FP64 -> dnnl_f64;
            case FP32, TF32 -> dnnl_f32;
            case FP16 -> dnnl_f16;
            case BF16 -> dnnl_bf16;
            case FP8_E4M3 -> dnnl_f8_e4m3;
            case FP8_E5M2 -> dnnl_f8_e5m2;
            case FP4_E2M1 -> dnnl_f4_e2m1;
            case E8M0 -> dnnl_e8m0;
            case INT32 -> dnnl_s32;
            case INT8 -> dnnl_s8;
            // Our int4 codes are unsigned under a zero point.
            case INT4 -> dnnl_u4;
            case INT6 -> throw new IllegalArgumentException("oneDNN has no type for " + type);
        };
    }
}
