package dev.ridgepoint.kernels.peaks;

import dev.ridgepoint.kernels.precision.DType;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What a device's vendor declares: dense rates, never those for sparse matrices.
 *
 * @param name our name, as in {@code H100-SXM}
 * @param aliases other names, among them the one the driver reports
 * @param denseTflops 10^12 operations a second by type of multiplier; absent where it has none
 * @param bandwidthTbs 10^12 bytes a second of device memory
 * @param l2Mb MB of L2
 * @param sms multiprocessors
 * @param sources where each figure was published and how it was read
 */
public record DevicePeak(
        String name,
        List<String> aliases,
        Map<DType, Double> denseTflops,
        double bandwidthTbs,
        double l2Mb,
        int sms,
        List<Source> sources) {

    /**
     * A publication behind some figures.
     *
     * @param of which figures
     * @param how whether they were printed dense, or printed sparse and halved
     * @param checked where we read them
     */
    public record Source(String of, String title, String url, String how, String checked) {}

    public DevicePeak {
        aliases = List.copyOf(aliases);
        denseTflops = Map.copyOf(denseTflops);
        sources = List.copyOf(sources);
    }

    /** The dense rate of a type, if the device multiplies it. */
    public OptionalDouble tflops(DType type) {
        Double rate = denseTflops.get(type);
        return rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate);
    }

    /**
     * The intensity in FLOPs a byte at which the multiplier of a type and the memory take equally long.
     *
     * @throws IllegalArgumentException where the device has no such multiplier
     */
    public double ridge(DType type) {
        return tflops(type)
                        .orElseThrow(() -> new IllegalArgumentException(
                                "device: " + name + " declares no rate for " + type + "; it has "
                                        + denseTflops.keySet().stream().sorted().toList()))
                / bandwidthTbs;
    }
}
