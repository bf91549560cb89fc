package dev.ridgepoint.device.conformance;

import dev.ridgepoint.kernels.cuda.CudaArch;

/**
 * What a PTX program asks for.
 *
 * @param version of PTX: {@code 8.0}
 * @param floor the oldest architecture it runs on
 */
public record Isa(String version, CudaArch floor) {
    public static final Isa SM_80 = of("8.0", "sm_80");
    public static final Isa SM_86 = of("8.0", "sm_86");
    /** Conversions to and from fp8. */
    public static final Isa SM_89 = of("8.1", "sm_89");
    /** Products of fp8. */
    public static final Isa SM_89_PRODUCTS = of("8.4", "sm_89");
    /** Products of fp8 with half the depth, or with f16 accumulators. */
    public static final Isa SM_89_LATER_PRODUCTS = of("8.7", "sm_89");

    public static final Isa SM_90 = of("8.0", "sm_90");

    private static Isa of(String version, String floor) {
        return new Isa(version, CudaArch.parse(floor).orElseThrow());
    }
}
