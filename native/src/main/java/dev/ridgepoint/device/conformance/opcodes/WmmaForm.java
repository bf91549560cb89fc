package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.Inputs;
import dev.ridgepoint.device.conformance.Isa;
import dev.ridgepoint.device.conformance.Snippet;
import dev.ridgepoint.kernels.operand.CounterRandom;
import java.util.Collections;

/**
 * One spelling of {@code wmma.mma} and what is around it: each lane stores its operands, which side by side are A by rows,
 * B by columns and C by rows, as shared memory; the warp loads them, multiplies, and stores D; each lane shows its part of D.
 *
 * @param shape {@code m16n16k16}
 * @param factor of A and B
 * @param operation {@code .xor.popc}, or nothing
 * @param types behind the shape
 */
record WmmaForm(String shape, WmmaElement factor, WmmaElement c, WmmaElement d, String operation, String types) {
    private static final int LANES = 32;
    private static final int WARPS = 4;
    private static final int PRODUCTS = 16;

    String instruction() {
        return "wmma.mma" + operation + ".sync.aligned.row.col." + shape + "." + types;
    }

    Snippet snippet(Isa isa) {
        int word = word();
        int ofA = words(m() * k(), factor);
        int ofB = words(k() * n(), factor);
        int ofC = words(m() * n(), c);
        int ofD = words(m() * n(), d);
        int atB = ofA * LANES * word / 8;
        int atC = atB + ofB * LANES * word / 8;
        int bytes = atC + Math.max(ofC, ofD) * LANES * word / 8;
        StringBuilder body = new StringBuilder("mov.u32 %r0, %tid.x;\nshr.u32 %r1, %r0, 5;\nmov.u32 %r2, tiles;\n");
        body.append("mad.lo.u32 %r2, %r1, " + bytes + ", %r2;\n");
        lanes(body, "%r3", 0, ofA);
        lanes(body, "%r4", atB, ofB);
        lanes(body, "%r5", atC, ofC);
        int operand = stores(body, "%r3", 0, ofA);
        operand = stores(body, "%r4", operand, ofB);
        operand = stores(body, "%r5", operand, ofC);
        // The ISA lists eight registers for factors of f16, whatever the shape.
        boolean eight = factor.format() == FloatFormat.F16;
        String a = list("%fa", eight ? 8 : ofA);
        String b = list("%fb", eight ? 8 : ofB);
        String sum = list("%fc", ofC);
        String result = list("%fd", ofD);
        body.append("bar.warp.sync -1;\n");
        body.append("wmma.load.a.sync.aligned.row." + shape + ".shared." + factor.name() + " " + a + ", [%r2];\n");
        body.append("wmma.load.b.sync.aligned.col." + shape + ".shared." + factor.name() + " " + b + ", [%r2+" + atB
                + "];\n");
        body.append(
                "wmma.load.c.sync.aligned.row." + shape + ".shared." + c.name() + " " + sum + ", [%r2+" + atC + "];\n");
        body.append(instruction() + " " + result + ", " + a + ", " + b + ", " + sum + ";\nbar.warp.sync -1;\n");
        body.append("wmma.store.d.sync.aligned.row." + shape + ".shared." + d.name() + " [%r2+" + atC + "], " + result
                + ";\nbar.warp.sync -1;\n");
        lanes(body, "%r6", atC, ofD);
        for (int i = 0; i < ofD; i++) {
            body.append("ld.shared.b" + word + " %d" + i + ", [%r6+" + i * word / 8 + "];\n");
        }
        String declared = ".shared .align 32 .b8 tiles[" + bytes * WARPS + "];\n.reg .b" + word
                + " %fa<8>, %fb<8>, %fc<8>, %fd<8>;";
        return Snippet.of(isa, body.toString(), word, Collections.nCopies(operand, word))
                .declaring(declared)
                .withResults(ofD);
    }

    /** A warp a product. */
    Inputs inputs() {
        int ofA = words(m() * k(), factor);
        int ofB = words(k() * n(), factor);
        CounterRandom random = CounterRandom.of(1, "wmma");
        return Inputs.of(LANES * PRODUCTS, (row, operand) -> {
            WmmaElement element = operand < ofA + ofB ? factor : c;
            long packed = 0;
            for (int i = 0; i < word() / element.bits(); i++) {
                packed |= element.code(random.bits((row * 64L + operand) * 64 + i)) << i * element.bits();
            }
            return packed;
        });
    }

    /** Where a lane's words of a matrix lie. */
    private void lanes(StringBuilder body, String to, int at, int count) {
        body.append("mad.lo.u32 " + to + ", %lane, " + count * word() / 8 + ", %r2;\n");
        body.append("add.u32 " + to + ", " + to + ", " + at + ";\n");
    }

    private int stores(StringBuilder body, String to, int operand, int count) {
        for (int i = 0; i < count; i++) {
            body.append("st.shared.b" + word() + " [" + to + "+" + i * word() / 8 + "], %a" + (operand + i) + ";\n");
        }
        return operand + count;
    }

    private static String list(String name, int count) {
        StringBuilder text = new StringBuilder("{");
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : ", ").append(name).append(i);
        }
        return text.append("}").toString();
    }

    /** Words of a lane that hold a matrix: in memory, and but for factors of f16 in registers, too. */
    private int words(int elements, WmmaElement element) {
        return elements * element.bits() / LANES / word();
    }

    private int word() {
        return Math.max(32, factor.bits());
    }

    private int m() {
        return Integer.parseInt(shape.replaceAll("m(\\d+)n.*", "$1"));
    }

    private int n() {
        return Integer.parseInt(shape.replaceAll(".*n(\\d+)k.*", "$1"));
    }

    private int k() {
        return Integer.parseInt(shape.replaceAll(".*k", ""));
    }
}
