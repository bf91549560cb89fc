package dev.ridgepoint.kernels.precision;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The codec of every quantised format; each family brings its own. */
public final class QuantCodecs {
    private static final Map<QuantFormat, QuantCodec> BY_FORMAT = Stream.of(
                    Int8Codec.all(),
                    Fp8Codec.all(),
                    PackedIntCodec.all(),
                    GgufLegacy.all(),
                    KQuants.all(),
                    MxCodec.all(),
                    List.<QuantCodec>of(new NvFp4Codec()))
            .flatMap(List::stream)
            .collect(Collectors.toUnmodifiableMap(QuantCodec::format, Function.identity()));

    private QuantCodecs() {}

    /**
     * The codec of a format.
     *
     * @throws IllegalArgumentException if the format is none of {@link QuantFormat#ALL}
     */
    public static QuantCodec of(QuantFormat format) {
        QuantCodec codec = BY_FORMAT.get(format);
        if (codec == null) {
            throw new IllegalArgumentException("format: no codec for " + format);
        }
        return codec;
    }

    /**
     * The codec of a microscaling format under another rule for its scales than the OCP specification's.
     *
     * @throws IllegalArgumentException if the format is not MXFP8 or MXFP4
     */
    public static QuantCodec microscaling(QuantFormat format, MxScaleRule rule) {
        return MxCodec.of(format, rule);
    }
}
