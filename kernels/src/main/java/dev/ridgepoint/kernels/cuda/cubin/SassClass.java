package dev.ridgepoint.kernels.cuda.cubin;

import dev.ridgepoint.kernels.cuda.CudaArch;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Kinds of machine instructions. NVIDIA does not publish the encoding: each opcode here was found by compiling one
 * operation alone, for sm_80, sm_89, sm_90a and sm_120, and looking at what appeared. What was not found counts as
 * {@link #OTHER}, never as something it may not be.
 */
public enum SassClass {
    FP32(0x008, 0x009, 0x00b, 0x020, 0x021, 0x023, 0x102),
    FP64(0x028, 0x029, 0x02a, 0x02b),
    /** Two 16-bit numbers at once; compilers also load constants by it. */
    HALF2(0x030, 0x031, 0x032, 0x035, 0x040),
    INTEGER(
            0x007, 0x00c, 0x010, 0x011, 0x012, 0x013, 0x015, 0x016, 0x017, 0x019, 0x01b, 0x024, 0x025, 0x026, 0x027,
            0x036, 0x048, 0x100, 0x101, 0x109),
    CONVERSION(0x03e, 0x045, 0x105, 0x106, 0x107, 0x110, 0x111, 0x112),
    SPECIAL_FUNCTION(0x108),
    TENSOR(0x037, 0x03c, 0x03f, 0x07a),
    MOVE(0x002, 0x005, 0x119),
    GLOBAL_LOAD(0x181),
    GLOBAL_STORE(0x186),
    SHARED_LOAD(0x184),
    SHARED_STORE(0x188),
    /** ldmatrix and stmatrix. */
    SHARED_MATRIX(0x03b, 0x044),
    /** Stack and spilled registers. */
    LOCAL_LOAD(0x183),
    LOCAL_STORE(0x187),
    CONSTANT_LOAD(0x0b9, 0x182, 0x1ac),
    /** cp.async and bulk copies, and waiting for them. */
    ASYNC_COPY(0x11a, 0x1ae, 0x1af, 0x1ba),
    ATOMIC(0x18c, 0x18d, 0x18e, 0x1a6, 0x1a8, 0x1a9),
    /** Between the lanes of a warp. */
    WARP(0x006, 0x189, 0x1a1, 0x1c4),
    /** Barriers of blocks and clusters, and mbarriers. */
    BARRIER(0x11d, 0x1a7, 0x1b2, 0x1c7),
    FENCE(0x18f, 0x192, 0x1ab),
    CONTROL(0x118, 0x141, 0x144, 0x145, 0x146, 0x147, 0x14d, 0x150, 0x15d),
    OTHER;

    /** From this architecture on, the opcode of a 16-bit multiply-add means a 64-bit integer addition. */
    private static final int BLACKWELL = 100;

    private static final int HALF_OR_WIDE_ADD = 0x035;

    private static final Map<Integer, SassClass> BY_OPCODE = new HashMap<>();

    static {
        for (SassClass kind : values()) {
            for (int opcode : kind.opcodes) {
                BY_OPCODE.put(opcode, kind);
            }
        }
    }

    private final int[] opcodes;

    SassClass(int... opcodes) {
        this.opcodes = opcodes;
    }

    /** The name in files: {@code globalLoad}. */
    public String id() {
        StringBuilder id = new StringBuilder();
        for (String word : name().toLowerCase(Locale.ROOT).split("_")) {
            id.append(id.isEmpty() ? word.charAt(0) : Character.toUpperCase(word.charAt(0)))
                    .append(word.substring(1));
        }
        return id.toString();
    }

    /** What an opcode is on an architecture. */
    public static SassClass of(int opcode, CudaArch arch) {
        if (opcode == HALF_OR_WIDE_ADD && arch.number() >= BLACKWELL) {
            return INTEGER;
        }
        return BY_OPCODE.getOrDefault(opcode, OTHER);
    }

    /** A kernel's instructions by class. */
    public static Map<SassClass, Integer> count(CubinEntry entry, CudaArch arch) {
        Map<SassClass, Integer> counts = new EnumMap<>(SassClass.class);
        entry.opcodes().forEach((opcode, count) -> counts.merge(of(opcode, arch), count, Integer::sum));
        return counts;
    }
}
