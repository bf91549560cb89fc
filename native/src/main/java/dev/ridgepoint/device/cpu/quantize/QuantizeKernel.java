package dev.ridgepoint.device.cpu.quantize;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.lib.NativeLibrary;
import dev.ridgepoint.device.cpu.lib.NativeTask;
import dev.ridgepoint.device.cpu.lib.QuantisedAt;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Quantises to a format or back, by our C++ library, on one thread. */
public record QuantizeKernel(Direction direction, QuantFormat format) implements CpuKernel {
    private static final Set<DType> PLAIN = Set.of(DType.FP32, DType.FP16, DType.BF16);

    /** A row for every format and direction that has a kernel. */
    public static List<CpuKernel> all() {
        List<CpuKernel> rows = new ArrayList<>();
        for (Direction direction : Direction.values()) {
            for (QuantFormat format : QuantFormat.ALL) {
                if (direction == Direction.DEQUANTIZE || QuantCodecs.of(format).encoderIsPinned()) {
                    rows.add(new QuantizeKernel(direction, format));
                }
            }
        }
        return rows;
    }

    @Override
    public String id() {
        return direction.id() + "/cpu_" + format.id() + "_native";
    }

    @Override
    public String idea() {
        return "eight lanes at a time, one thread, bit for bit as the format's codec";
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
        if (!quantize.format().equals(format)) {
            return Support.unsupported("knows " + format + ", not " + quantize.format());
        }
        if (!PLAIN.contains(quantize.plain())) {
            return Support.unsupported("reads and writes fp32, fp16 and bf16, not " + quantize.plain());
        }
        return NativeLibrary.isBuilt() ? Support.natively() : Support.unsupported(NativeLibrary.LEFT_OUT);
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        DType plain = ((QuantizeProblem) problem).plain();
        QuantizeShape shape = ((QuantizeProblem) problem).shape();
        QuantisedAt quantised = new QuantisedAt(
                launch.address("codes"),
                launch.address("scales"),
                launch.address("zeros"),
                launch.address("tensorScale"));
        NativeTask task = direction == Direction.QUANTIZE
                ? NativeTask.quantize(format.id(), plain, shape.rows(), shape.cols(), launch.address("x"), quantised)
                : NativeTask.dequantize(
                        format.id(),
                        plain,
                        shape.rows(),
                        shape.cols(),
                        0,
                        shape.rows(),
                        quantised,
                        launch.address("y"));
        launch.then(task);
    }
}
