package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.PtxVector;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.precision.DType;
import java.util.ArrayList;
import java.util.List;

/** {@code wmma}: a product of matrices in shared memory, whose fragments nobody looks into. */
final class WarpMatrices {
    private static final List<String> SHAPES = List.of("m16n16k16", "m32n8k16", "m8n32k16");

    private WarpMatrices() {}

    static List<TestVector> all() {
        List<TestVector> vectors = new ArrayList<>();
        WmmaElement f16 = WmmaElement.of(FloatFormat.F16);
        WmmaElement f32 = WmmaElement.of(FloatFormat.F32);
        for (String shape : SHAPES) {
            for (WmmaElement c : List.of(f16, f32)) {
                for (WmmaElement d : List.of(f16, f32)) {
                    exact(vectors, new WmmaForm(shape, f16, c, d, "", d.name() + "." + c.name()));
                }
            }
            factors(vectors, shape, WmmaElement.of(FloatFormat.BF16), f32, "");
            for (String factor : List.of("s8", "u8")) {
                factors(vectors, shape, WmmaElement.integer(factor, 8), WmmaElement.S32, "");
                factors(vectors, shape, WmmaElement.integer(factor, 8), WmmaElement.S32, ".satfinite");
            }
        }
        factors(vectors, "m16n16k8", WmmaElement.of(FloatFormat.TF32), f32, "");
        for (String factor : List.of("s4", "u4")) {
            factors(vectors, "m8n8k32", WmmaElement.integer(factor, 4), WmmaElement.S32, "");
            factors(vectors, "m8n8k32", WmmaElement.integer(factor, 4), WmmaElement.S32, ".satfinite");
        }
        for (String operation : List.of(".xor.popc", ".and.popc")) {
            WmmaElement bit = WmmaElement.integer("b1", 1);
            exact(vectors, new WmmaForm("m8n8k128", bit, WmmaElement.S32, WmmaElement.S32, operation, "s32.b1.b1.s32"));
        }
        WmmaElement f64 = WmmaElement.of(FloatFormat.F64);
        add(vectors, new WmmaForm("m8n8k4", f64, f64, f64, "", "f64.f64.f64.f64"), Bound.anyNan(DType.FP64));
        return vectors;
    }

    /** A product of which every type is written out. */
    private static void factors(
            List<TestVector> vectors, String shape, WmmaElement factor, WmmaElement sum, String clamp) {
        String types = sum.name() + "." + factor.name() + "." + factor.name() + "." + sum.name() + clamp;
        exact(vectors, new WmmaForm(shape, factor, sum, sum, "", types));
    }

    private static void exact(List<TestVector> vectors, WmmaForm form) {
        add(vectors, form, Bound.EXACT);
    }

    private static void add(List<TestVector> vectors, WmmaForm form, Bound bound) {
        vectors.add(new PtxVector(
                form.instruction(),
                "warp matrices",
                form.snippet(Isa.SM_80),
                form.inputs(),
                bound,
                form.d().bits() / 8));
    }
}
