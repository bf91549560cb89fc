package dev.ridgepoint.kernels.cuda.cubin;

import java.util.List;
import java.util.Map;

/**
 * A kernel of a cubin.
 *
 * @param symbol its name
 * @param registers registers of a thread
 * @param stackBytes stack of a thread
 * @param sharedBytes static shared memory of a block, with what the system keeps for itself (1 KiB from sm_90 on where
 *     any is used)
 * @param parameters in the order of the kernel's declaration
 * @param opcodes instructions of its code by opcode, the low nine bits of each
 */
public record CubinEntry(
        String symbol,
        int registers,
        int stackBytes,
        int sharedBytes,
        List<Parameter> parameters,
        Map<Integer, Integer> opcodes) {
    /** Where a parameter lies in the block of parameters, and how large it is. */
    public record Parameter(int offset, int bytes) {}

    public CubinEntry {
        parameters = List.copyOf(parameters);
        opcodes = Map.copyOf(opcodes);
    }

    /** All instructions, padding included. */
    public int instructions() {
        return opcodes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
