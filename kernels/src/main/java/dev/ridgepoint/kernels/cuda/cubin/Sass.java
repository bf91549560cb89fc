package dev.ridgepoint.kernels.cuda.cubin;

import java.util.Map;
import java.util.TreeMap;

/** Machine code from sm_70 on: instructions of 16 bytes, the low nine bits of each its opcode. */
final class Sass {
    private static final int INSTRUCTION = 16;
    private static final int OPCODE = 0x1ff;

    private Sass() {}

    static Map<Integer, Integer> count(Bytes code) {
        Map<Integer, Integer> opcodes = new TreeMap<>();
        for (int at = 0; at < code.size(); at += INSTRUCTION) {
            opcodes.merge(code.u16(at) & OPCODE, 1, Integer::sum);
        }
        return opcodes;
    }
}
