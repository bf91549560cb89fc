package dev.ridgepoint.kernels.cuda.quantize;

import static dev.ridgepoint.kernels.precision.QuantFormat.*;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.List;
import java.util.Set;

/**
 * Quantises to one format, or back. The source has an entry point for each plain type, named by it.
 *
 * @param direction which way
 * @param format of the codes
 * @param launching how formats of its kind are launched
 */
public record QuantizeKernel(Direction direction, QuantFormat format, Launching launching) implements CudaRow {
    private static final Set<DType> PLAIN = Set.of(DType.FP32, DType.FP16, DType.BF16);

    /** A row for every format and direction that has a kernel. */
    public static List<CudaRow> all() {
        return List.of(
                quantize(INT8_TENSOR, new TensorLaunching()),
                quantize(INT8_TOKEN, new RowLaunching()),
                quantize(INT8_CHANNEL, new ColumnLaunching()),
                quantize(INT8_G128, new GroupLaunching()),
                quantize(INT8_G128_ZP, new PackedIntLaunching()),
                quantize(FP8_E4M3_TENSOR, new TensorLaunching()),
                quantize(FP8_E4M3_TOKEN, new RowLaunching()),
                quantize(FP8_E4M3_1X128, new GroupLaunching()),
                quantize(FP8_E4M3_128X128, new TileLaunching()),
                quantize(FP8_E5M2_TENSOR, new TensorLaunching()),
                quantize(FP8_E5M2_TOKEN, new RowLaunching()),
                quantize(FP8_E5M2_1X128, new GroupLaunching()),
                quantize(FP8_E5M2_128X128, new TileLaunching()),
                quantize(INT4_G128_AWQ, new PackedIntLaunching()),
                quantize(INT4_G128_GPTQ, new PackedIntLaunching()),
                quantize(INT4_G128_SYM, new PackedIntLaunching()),
                quantize(Q4_0, new BlockLaunching()),
                quantize(Q8_0, new BlockLaunching()),
                quantize(MXFP8_E4M3, new GroupLaunching()),
                quantize(MXFP4, new GroupLaunching()),
                quantize(NVFP4, new Nvfp4Launching()),
                dequantize(INT8_TENSOR, new VectorLaunching()),
                dequantize(INT8_TOKEN, new VectorLaunching()),
                dequantize(INT8_CHANNEL, new VectorLaunching()),
                dequantize(INT8_G128, new VectorLaunching()),
                dequantize(INT8_G128_ZP, new PackedIntLaunching()),
                dequantize(FP8_E4M3_TENSOR, new VectorLaunching()),
                dequantize(FP8_E4M3_TOKEN, new VectorLaunching()),
                dequantize(FP8_E4M3_1X128, new VectorLaunching()),
                dequantize(FP8_E4M3_128X128, new VectorLaunching()),
                dequantize(FP8_E5M2_TENSOR, new VectorLaunching()),
                dequantize(FP8_E5M2_TOKEN, new VectorLaunching()),
                dequantize(FP8_E5M2_1X128, new VectorLaunching()),
                dequantize(FP8_E5M2_128X128, new VectorLaunching()),
                dequantize(INT4_G128_AWQ, new PackedIntLaunching()),
                dequantize(INT4_G128_GPTQ, new PackedIntLaunching()),
                dequantize(INT4_G128_SYM, new PackedIntLaunching()),
                dequantize(Q4_0, new BlockLaunching()),
                dequantize(Q8_0, new BlockLaunching()),
                dequantize(Q4_K, new BlockLaunching()),
                dequantize(Q6_K, new BlockLaunching()),
                dequantize(MXFP8_E4M3, new VectorLaunching()),
                dequantize(MXFP4, new VectorLaunching()),
                dequantize(NVFP4, new VectorLaunching()));
    }

    private static CudaRow quantize(QuantFormat format, Launching launching) {
        return new QuantizeKernel(Direction.QUANTIZE, format, launching);
    }

    private static CudaRow dequantize(QuantFormat format, Launching launching) {
        return new QuantizeKernel(Direction.DEQUANTIZE, format, launching);
    }

    @Override
    public String id() {
        return direction.id() + "/sm80_" + format.id();
    }

    @Override
    public String idea() {
        return launching.idea();
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof QuantizeProblem quantize) || quantize.shape().direction() != direction) {
            return Support.unsupported("does " + direction.id() + ", and this is " + problem.op());
        }
        if (quantize.shape().transposed()) {
            return Support.unsupported("transposed: reads x row by row");
        }
        if (quantize.shape().staticScale()) {
            return Support.unsupported("static_scale: finds its scales itself");
        }
        return ofFormat(this, format, quantize, device);
    }

    /** Whether a kernel of one format, whichever way x lies, does the rest of a problem. */
    static Support ofFormat(CudaRow kernel, QuantFormat format, QuantizeProblem quantize, DeviceTraits device) {
        if (!quantize.format().equals(format)) {
            return Support.unsupported("knows " + format + ", not " + quantize.format());
        }
        if (!PLAIN.contains(quantize.plain())) {
            return Support.unsupported("reads and writes fp32, fp16 and bf16, not " + quantize.plain());
        }
        if (quantize.shape().rows() > Integer.MAX_VALUE || quantize.shape().cols() > Integer.MAX_VALUE) {
            return Support.unsupported("rows, cols: more than a grid has blocks");
        }
        return CudaKernels.onArch(kernel, device);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        return plan(launching, symbol(), (QuantizeProblem) problem, device);
    }

    static LaunchPlan plan(Launching launching, String symbol, QuantizeProblem problem, DeviceTraits device) {
        return launching.plan(
                new Launching.Task(
                        problem.shape().direction(),
                        problem.format(),
                        problem.shape().rows(),
                        problem.shape().cols(),
                        device.units()),
                new Launching.Entries(symbol, "_" + problem.plain().id()));
    }
}
