package dev.ridgepoint.kernels.cuda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A kernel of ours that nvcc compiles. Its id {@code <op>/<arch>_<precision>_<idea>} is its address: source, symbol,
 * compiled image and architecture floor derive from it.
 */
public interface CudaKernel {
    Pattern ID = Pattern.compile("([a-z0-9_]+)/sm(\\d{2,3}a?)_[a-z0-9_]+");

    /** {@code gemm/sm80_fp32_naive}. */
    String id();

    /** One line for tables: the idea. */
    String idea();

    /** {@code gemm/sm80_fp32_naive.cu}, under the folder of CUDA sources. */
    default String source() {
        return id() + ".cu";
    }

    /** {@code gemm_sm80_fp32_naive}; further entry points of the same source append a word to it. */
    default String symbol() {
        return symbol(id());
    }

    /** The oldest architecture it runs on. */
    default CudaArch floor() {
        return floor(id());
    }

    /** What the driver loads: a fatbin, a cubin, or PTX text that ends in a zero; empty where it was not compiled. */
    default Optional<byte[]> image() {
        return KernelImage.fatbin(this);
    }

    /** The symbol of the kernel of that id. */
    static String symbol(String id) {
        return id.replace('/', '_');
    }

    /**
     * The architecture floor an id names.
     *
     * @throws IllegalArgumentException if it is no kernel's id
     */
    static CudaArch floor(String id) {
        Matcher matcher = ID.matcher(id);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "kernel id: expected <op>/sm<arch>_<precision>_<idea>, got '" + id + "'");
        }
        return CudaArch.parse("sm_" + matcher.group(2)).orElseThrow();
    }
}
