package dev.ridgepoint.kernels.shape;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Granularity;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizeWorkTest {
    private static final double SCALE_BYTES = 3;

    static Stream<QuantizeShape> shapes() {
        return Stream.of(
                        Granularity.PER_TENSOR,
                        Granularity.PER_ROW,
                        Granularity.PER_COLUMN,
                        Granularity.group(4),
                        new Granularity(3, 4),
                        Granularity.BLOCK_1X128)
                .flatMap(granularity -> Stream.of(Direction.values())
                        .flatMap(way -> Stream.of(new long[] {1, 1}, new long[] {7, 9}, new long[] {6, 8})
                                .map(size -> shape(way, size[0], size[1], granularity))));
    }

    private static QuantizeShape shape(Direction way, long rows, long cols, Granularity granularity) {
        boolean quantize = way == Direction.QUANTIZE;
        DType src = quantize ? DType.FP32 : DType.INT4;
        DType dst = quantize ? DType.INT4 : DType.FP32;
        return new QuantizeShape(way, rows, cols, granularity, src, dst, SCALE_BYTES, false, false);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void plainLoopsCountTheSameWork(QuantizeShape shape) {
        boolean quantize = shape.direction() == Direction.QUANTIZE;
        Granularity granularity = shape.granularity();
        Set<List<Long>> scales = new HashSet<>();
        double wide = 0;
        double narrow = 0;
        long flops = 0;
        for (long r = 0; r < shape.rows(); r++) {
            for (long c = 0; c < shape.cols(); c++) {
                wide += 4;
                narrow += 0.5;
                flops += quantize ? 5 : 2;
                scales.add(List.of(group(r, granularity.rows()), group(c, granularity.cols())));
            }
        }
        double scaleBytes = scales.size() * SCALE_BYTES;
        boolean twice = granularity.equals(Granularity.PER_TENSOR);
        WorkModel work = shape.work();
        assertEquals(flops, work.flops());
        assertEquals(quantize ? (twice ? 2 * wide : wide) : narrow + scaleBytes, work.bytesRead());
        assertEquals(quantize ? narrow + scaleBytes : wide, work.bytesWritten());
    }

    private static long group(long index, int size) {
        return size == Granularity.ALL ? 0 : index / size;
    }

    @Test
    void theIdNamesWhatIsConverted() {
        assertEquals(
                "quantize_r7_c9_fp32_int4_tensor",
                shape(Direction.QUANTIZE, 7, 9, Granularity.PER_TENSOR).id());
    }
}
