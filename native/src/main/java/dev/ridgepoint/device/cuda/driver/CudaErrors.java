package dev.ridgepoint.device.cuda.driver;

import java.util.Set;

/** Types the driver's results. */
public final class CudaErrors {
    public static final int SUCCESS = 0;

    /**
     * Results that leave the context unusable, by the documentation of each: uncorrectable ECC and NVLink errors,
     * contained errors, illegal address, timeout, destroyed context, assert, stack, instruction, alignment, address
     * space, program counter, launch failure, leaked tensor memory, unknown.
     */
    private static final Set<Integer> FATAL =
            Set.of(214, 220, 226, 700, 702, 709, 710, 714, 715, 716, 717, 718, 719, 721, 999);

    private CudaErrors() {}

    /**
     * The exception for a result.
     *
     * @param call the function that answered it, {@code cuMemAlloc}
     * @param name the result's name
     * @param text the driver's description
     * @param detail what else is known, such as the JIT compiler's log; may be empty
     */
    public static CudaException of(String call, int result, String name, String text, String detail) {
        String more = detail.isBlank() ? "" : ": " + detail.strip();
        String message = call + ": " + name + " (" + result + "), " + text + more;
        return FATAL.contains(result)
                ? new FatalCudaException(result, name, message)
                : new CudaException(result, name, message);
    }
}
