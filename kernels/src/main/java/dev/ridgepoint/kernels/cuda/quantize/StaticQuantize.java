package dev.ridgepoint.kernels.cuda.quantize;

import static dev.ridgepoint.kernels.precision.QuantFormat.*;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * Quantises under one scale of the tensor that calibration found beforehand: one launch, which reads x once.
 *
 * @param format of the codes
 */
public record StaticQuantize(QuantFormat format) implements CudaRow {
    /** A row for every format of one scale a tensor. */
    public static List<CudaRow> all() {
        return Stream.of(INT8_TENSOR, FP8_E4M3_TENSOR, FP8_E5M2_TENSOR)
                .<CudaRow>map(StaticQuantize::new)
                .toList();
    }

    @Override
    public String id() {
        return "quantize/sm80_" + format + "_static";
    }

    @Override
    public String idea() {
        return "codes under a scale that is given: one launch, eight neighbours a thread";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof QuantizeProblem quantize) || !quantize.shape().staticScale()) {
            return Support.unsupported("static_scale: quantises under a scale that is given alone");
        }
        return QuantizeKernel.ofFormat(this, format, quantize, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        QuantizeProblem quantize = (QuantizeProblem) problem;
        QuantizeShape shape = quantize.shape();
        long elements = shape.rows() * shape.cols();
        int blocks = Launching.blocks(Geometry.tiles(elements, (long) Launching.BLOCK * Launching.VECTOR));
        return LaunchPlan.of(
                "a thread takes eight neighbours: no choice to make",
                new KernelLaunch(
                        symbol() + "_" + quantize.plain().id(),
                        Geometry.of(Dim3.of(blocks), Dim3.of(Launching.BLOCK)),
                        List.of(
                                Argument.buffer("x"),
                                Argument.int64(elements),
                                Argument.buffer("scale"),
                                Argument.buffer("codes"))));
    }
}
