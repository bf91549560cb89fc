package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;

/** Arithmetic of f32 and f64 that the ISA defines to the last bit. */
final class Floats {
    private static final List<String> MODES = List.of("rn", "rz", "rm", "rp");

    private Floats() {}

    static List<TestVector> all() {
        Group group = new Group("floats");
        for (String mode : MODES) {
            singles(group, mode);
            doubles(group, mode);
        }
        extremes(group);
        signs(group);
        return group.vectors();
    }

    private static void singles(Group group, String mode) {
        Inputs rows = Rows.f32();
        for (String flags : List.of(mode, mode + ".ftz", mode + ".sat", mode + ".ftz.sat")) {
            group.op("add." + flags + ".f32", 32, rows, 32, 32);
            group.op("sub." + flags + ".f32", 32, rows, 32, 32);
            group.op("mul." + flags + ".f32", 32, rows, 32, 32);
            group.op("fma." + flags + ".f32", 32, rows, 32, 32, 32);
        }
        for (String flags : List.of(mode, mode + ".ftz")) {
            group.op("div." + flags + ".f32", 32, rows, 32, 32);
            group.op("rcp." + flags + ".f32", 32, rows, 32);
            group.op("sqrt." + flags + ".f32", 32, rows, 32);
        }
    }

    /** The ISA does not say which NaN arithmetic of f64 gives. */
    private static void doubles(Group group, String mode) {
        Inputs rows = Rows.f64();
        Bound bound = Bound.anyNan(DType.FP64);
        for (String op : List.of("add", "sub", "mul", "div")) {
            group.op(op + "." + mode + ".f64", 64, rows, bound, 64, 64);
        }
        group.op("fma." + mode + ".f64", 64, rows, bound, 64, 64, 64);
        group.op("rcp." + mode + ".f64", 64, rows, bound, 64);
        group.op("sqrt." + mode + ".f64", 64, rows, bound, 64);
    }

    private static void extremes(Group group) {
        for (String op : List.of("min", "max")) {
            for (String flags : List.of("", ".ftz", ".NaN", ".ftz.NaN")) {
                group.op(op + flags + ".f32", 32, Rows.f32(), 32, 32);
            }
            group.needing(Isa.SM_86).op(op + ".xorsign.abs.f32", 32, Rows.f32(), 32, 32);
            group.op(op + ".f64", 64, Rows.f64(), Bound.anyNan(DType.FP64), 64, 64);
        }
    }

    private static void signs(Group group) {
        for (String op : List.of("abs", "neg")) {
            group.op(op + ".f32", 32, Rows.f32(), 32);
            group.op(op + ".ftz.f32", 32, Rows.f32(), 32);
            group.op(op + ".f64", 64, Rows.f64(), 64);
        }
        group.op("copysign.f32", 32, Rows.f32(), 32, 32);
        group.op("copysign.f64", 64, Rows.f64(), 64, 64);
    }
}
