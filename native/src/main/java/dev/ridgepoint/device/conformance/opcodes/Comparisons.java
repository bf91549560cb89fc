package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.TestVector;
import java.util.List;

/** Comparison and selection. */
final class Comparisons {
    private static final List<String> OF_FLOATS =
            List.of("eq", "ne", "lt", "le", "gt", "ge", "equ", "neu", "ltu", "leu", "gtu", "geu", "num", "nan");
    private static final List<String> OF_INTEGERS = List.of("eq", "ne", "lt", "le", "gt", "ge");

    private Comparisons() {}

    static List<TestVector> all() {
        Group group = new Group("comparisons");
        for (String comparison : OF_FLOATS) {
            group.test("setp." + comparison + ".f32", Rows.f32(), 32, 32);
            group.test("setp." + comparison + ".f64", Rows.f64(), 64, 64);
            group.test("setp." + comparison + ".f16", Rows.f16(), 16, 16);
            group.needing(Isa.SM_90).test("setp." + comparison + ".bf16", Rows.bf16(), 16, 16);
        }
        for (String comparison : List.of("lt", "eq", "geu")) {
            group.test("setp." + comparison + ".ftz.f32", Rows.f32(), 32, 32);
            group.test("setp." + comparison + ".ftz.f16", Rows.f16(), 16, 16);
            group.op("set." + comparison + ".f32.f32", 32, Rows.f32(), 32, 32);
            group.op("set." + comparison + ".u32.f32", 32, Rows.f32(), 32, 32);
            group.op("set." + comparison + ".f16.f16", 16, Rows.f16(), 16, 16);
            group.op("set." + comparison + ".f16x2.f16x2", 32, Rows.paired(Rows.f16()), 32, 32);
        }
        for (int bits : List.of(16, 32, 64)) {
            for (String comparison : OF_INTEGERS) {
                group.test("setp." + comparison + ".u" + bits, Rows.integers(bits), bits, bits);
                group.test("setp." + comparison + ".s" + bits, Rows.integers(bits), bits, bits);
            }
        }
        combined(group);
        tests(group);
        return group.vectors();
    }

    private static void combined(Group group) {
        for (String with : List.of("and", "or", "xor")) {
            String body = "setp.lt.s32 %p2, %a2, 0;\nsetp.gt." + with + ".f32 %p0|%p1, %a0, %a1, %p2;\n"
                    + "selp.b32 %r0, 1, 0, %p0;\nselp.b32 %r1, 2, 0, %p1;\nor.b32 %d0, %r0, %r1;";
            group.text("setp.gt." + with + ".f32", body, Rows.f32(), 32, 32, 32);
        }
        group.op("slct.b32.s32", 32, Rows.integers(32), 32, 32, 32);
        group.op("slct.b32.f32", 32, Rows.f32(), 32, 32, 32);
        group.op("slct.ftz.b32.f32", 32, Rows.f32(), 32, 32, 32);
        Inputs wide = Rows.integers(64);
        group.op("slct.b64.s32", 64, wide, 64, 64, 32);
    }

    private static void tests(Group group) {
        for (String test : List.of("finite", "infinite", "number", "notanumber", "normal", "subnormal")) {
            group.test("testp." + test + ".f32", Rows.f32(), 32);
            group.test("testp." + test + ".f64", Rows.f64(), 64);
        }
    }
}
