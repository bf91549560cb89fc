package dev.ridgepoint.kernels.cuda;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A GPU architecture by its compute capability: {@code sm_80}, {@code sm_90a}.
 *
 * @param number major * 10 + minor
 * @param specific whether code for it runs on this very architecture alone, as {@code sm_90a}'s does
 */
public record CudaArch(int number, boolean specific) {
    private static final Pattern NAME = Pattern.compile("sm_(\\d{2,3})(a?)");

    /** The architecture of that name; empty where it is no GPU's. */
    public static Optional<CudaArch> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches()
                ? Optional.of(new CudaArch(
                        Integer.parseInt(matcher.group(1)), !matcher.group(2).isEmpty()))
                : Optional.empty();
    }

    /** What a device of this compute capability plays; from 9.0 on it also runs the code made for it alone. */
    public static CudaArch ofDevice(int major, int minor) {
        return new CudaArch(10 * major + minor, major >= 9);
    }

    /** Whether code that asks for this architecture can be made to run on a device, compiled from PTX if need be. */
    public boolean runsOn(CudaArch device) {
        return specific ? number == device.number : number <= device.number;
    }

    /** Whether a compiled binary for this architecture runs on a device: same major version, no newer minor. */
    public boolean binaryRunsOn(CudaArch device) {
        return specific ? number == device.number : number / 10 == device.number / 10 && number <= device.number;
    }

    /** {@code 90a}: the part of the name after {@code sm_} and {@code compute_}. */
    public String suffix() {
        return number + (specific ? "a" : "");
    }

    @Override
    public String toString() {
        return "sm_" + suffix();
    }
}
