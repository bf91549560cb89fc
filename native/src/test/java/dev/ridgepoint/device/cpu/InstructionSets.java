package dev.ridgepoint.device.cpu;

import java.util.List;

/** The copies of our C++ kernels that this CPU runs, by the level of the x86-64 ABI it has. */
public final class InstructionSets {
    public static final String BASELINE = "baseline";

    private InstructionSets() {}

    /** From the baseline to the widest, which is what runs unless another is asked for. */
    public static List<String> here() {
        return switch (CpuTraits.ofThisMachine().arch()) {
            case "x86-64-v4" -> List.of(BASELINE, "v3", "v4");
            case "x86-64-v3" -> List.of(BASELINE, "v3");
            default -> List.of(BASELINE);
        };
    }
}
