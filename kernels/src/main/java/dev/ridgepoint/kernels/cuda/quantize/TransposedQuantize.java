package dev.ridgepoint.kernels.cuda.quantize;

import static dev.ridgepoint.kernels.precision.QuantFormat.*;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import java.util.List;
import java.util.stream.Stream;

/**
 * Quantises a matrix that lies the other way: x [cols, rows] to codes [rows, cols]. fp8 training reads gradients and
 * activations so, whose tokens are contracted, and weights stored [inputs, outputs] become the [outputs, inputs] that
 * products read.
 *
 * @param format of the codes
 */
public record TransposedQuantize(QuantFormat format) implements CudaRow {
    private static final Launching LAUNCHING = new TransposedLaunching();

    /** A row for every format that has a kernel. */
    public static List<CudaRow> all() {
        return Stream.of(
                        INT8_TENSOR,
                        INT8_TOKEN,
                        INT8_G128,
                        FP8_E4M3_TENSOR,
                        FP8_E4M3_TOKEN,
                        FP8_E4M3_1X128,
                        FP8_E4M3_128X128,
                        FP8_E5M2_TENSOR,
                        FP8_E5M2_TOKEN,
                        FP8_E5M2_1X128,
                        FP8_E5M2_128X128,
                        MXFP8_E4M3)
                .<CudaRow>map(TransposedQuantize::new)
                .toList();
    }

    @Override
    public String id() {
        return "quantize/sm80_" + format + "_transposed";
    }

    @Override
    public String idea() {
        return LAUNCHING.idea();
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof QuantizeProblem quantize) || !quantize.shape().transposed()) {
            return Support.unsupported("transposed: quantises what lies the other way alone");
        }
        return QuantizeKernel.ofFormat(this, format, quantize, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        return QuantizeKernel.plan(LAUNCHING, symbol(), (QuantizeProblem) problem, device);
    }
}
