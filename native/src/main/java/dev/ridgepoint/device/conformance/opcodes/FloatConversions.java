package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;

/** {@code cvt} between floating-point formats: all codes of 8 and 16 bits, and every crossroads on the way to them. */
final class FloatConversions {
    private FloatConversions() {}

    static List<TestVector> all() {
        Group group = new Group("float conversions");
        fromHalves(group);
        toHalves(group);
        toBytes(group.needing(Isa.SM_89));
        singles(group);
        doubles(group);
        return group.vectors();
    }

    private static void fromHalves(Group group) {
        Inputs codes = Rows.codes(16);
        for (String suffix : List.of("cvt.f32.f16", "cvt.ftz.f32.f16", "cvt.sat.f32.f16")) {
            group.op(suffix, 32, codes, 16);
        }
        group.op("cvt.f64.f16", 64, codes, 16);
        group.needing(Isa.SM_90).op("cvt.f32.bf16", 32, codes, 16);
        for (String mode : List.of("rni", "rzi", "rmi", "rpi")) {
            group.op("cvt." + mode + ".f16.f16", 16, codes, 16);
        }
        for (String byteType : List.of("e4m3x2", "e5m2x2")) {
            group.needing(Isa.SM_89).op("cvt.rn.f16x2." + byteType, 32, codes, 16);
            group.needing(Isa.SM_89).op("cvt.rn.relu.f16x2." + byteType, 32, codes, 16);
        }
    }

    private static void toHalves(Group group) {
        Inputs f16 = Crossroads.of(DType.FP16);
        Inputs bf16 = Crossroads.ofBf16();
        for (String mode : List.of("rn", "rz")) {
            halves(group, mode, f16, bf16);
            // Of relu only the sign is new.
            halves(group, mode + ".relu", Rows.f32(), Rows.f32());
        }
        for (String mode : List.of("rm", "rp", "rn.ftz", "rn.sat")) {
            group.op("cvt." + mode + ".f16.f32", 16, f16, 32);
        }
        group.op("cvt.rn.f16.f64", 16, Rows.f64(), 64);
        Inputs tf32 = Crossroads.ofTf32();
        group.op("cvt.rna.tf32.f32", 32, tf32, 32);
        for (String mode : List.of("rn", "rz")) {
            group.needing(Isa.SM_90).op("cvt." + mode + ".tf32.f32", 32, tf32, 32);
            group.needing(Isa.SM_90).op("cvt." + mode + ".relu.tf32.f32", 32, Rows.f32(), 32);
        }
    }

    private static void halves(Group group, String mode, Inputs f16, Inputs bf16) {
        group.op("cvt." + mode + ".f16.f32", 16, f16, 32);
        group.op("cvt." + mode + ".f16x2.f32", 32, f16, 32, 32);
        group.op("cvt." + mode + ".bf16.f32", 16, bf16, 32);
        group.op("cvt." + mode + ".bf16x2.f32", 32, bf16, 32, 32);
    }

    private static void toBytes(Group group) {
        for (DType type : List.of(DType.FP8_E4M3, DType.FP8_E5M2)) {
            String pair = type == DType.FP8_E4M3 ? "e4m3x2" : "e5m2x2";
            Inputs singles = Crossroads.of(type).then(Rows.f32());
            for (String mode : List.of("rn.satfinite", "rn.satfinite.relu")) {
                group.op("cvt." + mode + "." + pair + ".f32", 16, singles, 32, 32);
                group.op("cvt." + mode + "." + pair + ".f16x2", 16, Rows.pairsOfCodes(), 32);
            }
        }
    }

    private static void singles(Group group) {
        Inputs rows = Rows.f32();
        for (String mode : List.of("rni", "rzi", "rmi", "rpi")) {
            group.op("cvt." + mode + ".f32.f32", 32, rows, 32);
            group.op("cvt." + mode + ".ftz.f32.f32", 32, rows, 32);
            group.op("cvt." + mode + ".sat.f32.f32", 32, rows, 32);
        }
        group.op("cvt.sat.f32.f32", 32, rows, 32);
        group.op("cvt.ftz.f32.f32", 32, rows, 32);
        group.op("cvt.ftz.sat.f32.f32", 32, rows, 32);
    }

    private static void doubles(Group group) {
        for (String mode : List.of("rn", "rz", "rm", "rp", "rn.ftz", "rn.sat")) {
            group.op("cvt." + mode + ".f32.f64", 32, Rows.f64().then(narrowing()), 64);
        }
        Bound anyNan = Bound.anyNan(DType.FP64);
        group.op("cvt.f64.f32", 64, Rows.f32(), anyNan, 32);
        group.op("cvt.ftz.f64.f32", 64, Rows.f32(), anyNan, 32);
        for (String mode : List.of("rni", "rzi", "rmi", "rpi")) {
            group.op("cvt." + mode + ".f64.f64", 64, Rows.f64(), anyNan, 64);
        }
    }

    /** Doubles at, and beside, the middle between two f32, subnormal ones among them. */
    private static Inputs narrowing() {
        Inputs singles = Rows.f32();
        long[] below = {0, 1, 0x0fffffff, 0x10000000, 0x10000001, 0x1fffffff};
        return Inputs.of(6 * singles.rows(), (row, operand) -> {
            float single = Float.intBitsToFloat((int) singles.bits(row / 6, 0));
            return Double.doubleToRawLongBits(single) | below[row % 6];
        });
    }
}
