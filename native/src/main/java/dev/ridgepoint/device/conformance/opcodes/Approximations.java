package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Bound;
import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.kernels.precision.DType;
import java.util.List;

/**
 * What the ISA bounds and does not define. Bounds are those of the PTX ISA for hardware, and an ulp for our own rounding;
 * absolute parts let a result that one side flushes be zero.
 */
final class Approximations {
    private static final double ULP = 0x1p-23;
    /** The least normal f32: what flushing takes away. */
    private static final double FLUSHED = Float.MIN_NORMAL;
    /** Two last places of subnormal f32, of which no relative bound leaves anything. */
    private static final double LAST = 2 * Float.MIN_VALUE;

    private Approximations() {}

    static List<TestVector> all() {
        Group group = new Group("approximations");
        quotients(group);
        exponentials(group);
        trigonometric(group);
        halves(group);
        doubles(group);
        return group.vectors();
    }

    private static Bound ulps(int count) {
        return Bound.near(DType.FP32, (count + 1) * ULP, LAST);
    }

    private static Bound relative(double error) {
        return Bound.near(DType.FP32, error + ULP, LAST);
    }

    private static void quotients(Group group) {
        Inputs rows = Rows.f32();
        for (String flags : List.of("approx", "approx.ftz")) {
            group.op("rcp." + flags + ".f32", 32, rows, ulps(1), 32);
            group.op("sqrt." + flags + ".f32", 32, rows, relative(0x1p-23), 32);
            group.op("rsqrt." + flags + ".f32", 32, rows, relative(0x1p-22), 32);
            // Bounded where the divisor is neither subnormal nor above 2^126; its quotients may flush.
            Bound divided = Bound.near(DType.FP32, 3 * ULP, FLUSHED);
            group.op("div." + flags + ".f32", 32, moderateDivisors(rows), divided, 32, 32);
        }
        for (String flags : List.of("full", "full.ftz")) {
            group.op(
                    "div." + flags + ".f32",
                    32,
                    moderateDivisors(rows),
                    Bound.near(DType.FP32, 3 * ULP, FLUSHED),
                    32,
                    32);
        }
    }

    private static Inputs moderateDivisors(Inputs rows) {
        return Inputs.of(rows.rows(), (row, operand) -> {
            long bits = rows.bits(row, operand);
            int exponent = (int) (bits >>> 23) & 0xff;
            boolean special = exponent == 0 || exponent >= 253 && exponent != 255;
            return operand == 1 && special ? bits & 0x807fffffL | 0x3f800000 : bits;
        });
    }

    private static void exponentials(Group group) {
        Inputs rows = Rows.f32().then(between(-150, 130, 3000));
        group.op("ex2.approx.f32", 32, rows, Bound.near(DType.FP32, 3 * ULP, LAST), 32);
        group.op("ex2.approx.ftz.f32", 32, rows, Bound.near(DType.FP32, 3 * ULP, FLUSHED), 32);
        Inputs positive = rows.then(between(0.5, 2, 3000));
        // Absolute between 1/2 and 2, relative outside.
        Bound logarithm = Bound.near(DType.FP32, 0x1p-22 + ULP, 0x1p-22 + ULP);
        group.op("lg2.approx.f32", 32, positive, logarithm, 32);
        group.op("lg2.approx.ftz.f32", 32, positive, logarithm, 32);
        group.op(
                "tanh.approx.f32",
                32,
                rows.then(between(-8, 8, 3000)),
                Bound.near(DType.FP32, 0x1p-11 + ULP, LAST),
                32);
    }

    private static void trigonometric(Group group) {
        for (String op : List.of("sin", "cos")) {
            for (String flags : List.of("approx", "approx.ftz")) {
                String instruction = op + "." + flags + ".f32";
                Inputs turns = between(-2 * Math.PI, 2 * Math.PI, 6000);
                group.op(instruction, 32, turns, Bound.near(DType.FP32, 0, 0x1p-20), 32);
            }
        }
        angles(
                group,
                "sin",
                between(-100 * Math.PI, 100 * Math.PI, 4000),
                Bound.near(DType.FP32, 0, 0x1p-14),
                "many turns");
        angles(
                group,
                "cos",
                between(-100 * Math.PI, 100 * Math.PI, 4000),
                Bound.near(DType.FP32, 0, 0x1p-14),
                "many turns");
        angles(group, "sin", Rows.f32(), Bound.UNSPECIFIED, "any");
        angles(group, "cos", Rows.f32(), Bound.UNSPECIFIED, "any");
    }

    private static void angles(Group group, String op, Inputs rows, Bound bound, String which) {
        String body = op + ".approx.f32 %d0, %a0;";
        group.add(op + ".approx.f32, " + which, Snippet.of(group.isa(), body, 32, List.of(32)), rows, bound);
    }

    /** Every code. */
    private static void halves(Group group) {
        Inputs codes = Rows.codes(16);
        group.op("ex2.approx.f16", 16, codes, Bound.near(DType.FP16, 0x1p-9, 0x1p-14), 16);
        group.op("tanh.approx.f16", 16, codes, Bound.near(DType.FP16, 0x1p-10, 0x1p-10), 16);
        group.pairs("ex2.approx.f16x2", Rows.pairsOfCodes(), Bound.near(DType.FP16, 0x1p-9, 0x1p-14), 32);
        group.pairs("tanh.approx.f16x2", Rows.pairsOfCodes(), Bound.near(DType.FP16, 0x1p-10, 0x1p-10), 32);
        Group later = group.needing(Isa.SM_90);
        later.op("ex2.approx.ftz.bf16", 16, codes, Bound.near(DType.BF16, 0x1p-6, FLUSHED), 16);
        later.op("tanh.approx.bf16", 16, codes, Bound.near(DType.BF16, 0x1p-7, 0x1p-7), 16);
        later.pairs("ex2.approx.ftz.bf16x2", Rows.pairsOfCodes(), Bound.near(DType.BF16, 0x1p-6, FLUSHED), 32);
        later.pairs("tanh.approx.bf16x2", Rows.pairsOfCodes(), Bound.near(DType.BF16, 0x1p-7, 0x1p-7), 32);
    }

    /** Seeds of division and roots, good to 20 bits. */
    private static void doubles(Group group) {
        Bound bound = Bound.near(DType.FP64, 0x1p-19, Double.MIN_NORMAL);
        group.op("rcp.approx.ftz.f64", 64, Rows.f64(), bound, 64);
        group.op("rsqrt.approx.ftz.f64", 64, Rows.f64(), bound, 64);
    }

    private static Inputs between(double low, double high, int rows) {
        return Inputs.of(
                rows, (row, operand) -> Float.floatToRawIntBits((float) (low + (high - low) * row / (rows - 1))));
    }
}
