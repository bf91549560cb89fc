package dev.ridgepoint.kernels.oracle;

import java.nio.ByteBuffer;
import java.util.Optional;

/** Gives the gate the bytes a kernel wrote, in pieces, from wherever they lie. */
@FunctionalInterface
public interface OutputReader {
    /** Fills {@code target} from position to limit with the operand's bytes from {@code offset} on. */
    void read(String operand, long offset, ByteBuffer target);

    /** What an output should be, computed where it lies; empty where nothing there can. The caller closes it. */
    default Optional<ReferenceRows> reference(String operand) {
        return Optional.empty();
    }

    /** What a byte of an output was before the kernel ran, for those it must not write. */
    default byte before(String operand, long offset) {
        return Verifier.POISON;
    }
}
