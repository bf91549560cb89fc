package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** {@code cvt} to, from and between integers. */
final class IntegerConversions {
    private static final List<String> MODES = List.of("rn", "rz", "rm", "rp");

    /** A type's name in PTX, and the bits of the register it lies in. */
    private record Type(String name, int bits) {
        int register() {
            return Math.max(16, bits);
        }

        boolean signed() {
            return name.startsWith("s");
        }

        /** Whether it has every number of another type, so that nothing saturates. */
        boolean holds(Type other) {
            return signed() == other.signed() ? bits >= other.bits : signed() && bits > other.bits;
        }
    }

    private static final List<Type> TYPES = List.of(
            new Type("u8", 8),
            new Type("s8", 8),
            new Type("u16", 16),
            new Type("s16", 16),
            new Type("u32", 32),
            new Type("s32", 32),
            new Type("u64", 64),
            new Type("s64", 64));

    private IntegerConversions() {}

    static List<TestVector> all() {
        Group group = new Group("integer conversions");
        for (Type type : TYPES) {
            fromFloats(group, type);
            toFloats(group, type);
            TYPES.forEach(to -> between(group, type, to));
        }
        group.op("cvt.pack.sat.s8.s32.b32", 32, Rows.integers(32), 32, 32, 32);
        group.op("cvt.pack.sat.u8.s32.b32", 32, Rows.integers(32), 32, 32, 32);
        group.op("cvt.pack.sat.s16.s32", 32, Rows.integers(32), 32, 32);
        group.op("cvt.pack.sat.u16.s32", 32, Rows.integers(32), 32, 32);
        return group.vectors();
    }

    private static void fromFloats(Group group, Type to) {
        Inputs codes = Rows.codes(16);
        for (String mode : MODES) {
            group.op("cvt." + mode + "i." + to.name() + ".f32", to.register(), nearIntegers(), 32);
            group.op("cvt." + mode + "i." + to.name() + ".f64", to.register(), nearWideIntegers(), 64);
        }
        for (String mode : List.of("rn", "rz")) {
            group.op("cvt." + mode + "i." + to.name() + ".f16", to.register(), codes, 16);
        }
        group.op("cvt.rni.ftz." + to.name() + ".f32", to.register(), nearIntegers(), 32);
        if (to.bits() > 8) {
            group.needing(Isa.SM_90).op("cvt.rni." + to.name() + ".bf16", to.register(), codes, 16);
        }
    }

    private static void toFloats(Group group, Type from) {
        Inputs rows = from.bits() <= 16 ? Rows.codes(16) : Rows.integers(from.bits(), 600);
        Inputs few = Rows.integers(from.bits(), 600);
        for (String mode : MODES) {
            group.op("cvt." + mode + ".f16." + from.name(), 16, rows, from.register());
            group.op("cvt." + mode + ".f32." + from.name(), 32, few, from.register());
            group.op("cvt." + mode + ".f64." + from.name(), 64, few, from.register());
        }
        if (from.bits() > 8) {
            group.needing(Isa.SM_90).op("cvt.rn.bf16." + from.name(), 16, rows, from.register());
        }
    }

    private static void between(Group group, Type from, Type to) {
        // What lies above eight bits in a register is not to count.
        Inputs rows = Rows.integers(from.register(), 300);
        group.op("cvt." + to.name() + "." + from.name(), to.register(), rows, from.register());
        if (to.holds(from)) {
            return;
        }
        group.op("cvt.sat." + to.name() + "." + from.name(), to.register(), rows, from.register());
    }

    /** f32 around every limit of an integer type, quarters, and any bits. */
    private static Inputs nearIntegers() {
        int[] exponents = {7, 8, 15, 16, 23, 24, 31, 32, 63, 64};
        float[] beside = {0, -1.5f, -1, -0.5f, 0.5f, 1, 1.5f};
        Inputs limits = Inputs.of(exponents.length * 18, (row, operand) -> {
            float power = Math.scalb(1f, exponents[row / 18]);
            int place = row % 9;
            float number = place < beside.length
                    ? power + beside[place]
                    : place == beside.length ? Math.nextDown(power) : Math.nextUp(power);
            return Float.floatToRawIntBits(row % 18 < 9 ? number : -number);
        });
        Inputs quarters = Inputs.of(2000, (row, operand) -> Float.floatToRawIntBits((row - 1000) / 4f));
        return limits.then(quarters).then(Rows.f32());
    }

    private static Inputs nearWideIntegers() {
        Inputs singles = nearIntegers();
        Inputs wide = Inputs.of(
                singles.rows(),
                (row, operand) -> Double.doubleToRawLongBits(Float.intBitsToFloat((int) singles.bits(row, 0))));
        Inputs fine = Inputs.of(64 * 5, (row, operand) -> {
            double power = Math.scalb(1.0, row / 5);
            double[] near = {Math.nextDown(power), power - 0.5, power + 0.5, -power - 0.5, Math.nextUp(-power)};
            return Double.doubleToRawLongBits(near[row % 5]);
        });
        return wide.then(fine).then(Rows.f64());
    }
}
