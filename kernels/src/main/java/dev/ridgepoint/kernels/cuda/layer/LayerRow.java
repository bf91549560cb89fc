package dev.ridgepoint.kernels.cuda.layer;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;
import java.util.Optional;

/** A layer as the kernels of its steps, one after the other; it has no code of its own. */
public record LayerRow(Precision precision) implements KernelRow {
    /**
     * A step and the kernel that does it.
     */
    public record Part(LayerStep step, Problem problem, CudaRow kernel) {}

    /** A row for every type that buffers may have. */
    public static List<LayerRow> all() {
        return PlainProblem.PRECISIONS.stream().map(LayerRow::new).toList();
    }

    @Override
    public String id() {
        return LayerShape.OP + "/sm80_" + precision + "_steps";
    }

    @Override
    public String idea() {
        return "a kernel a step, each as it is chosen alone, started as one graph where the binding is ours";
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof LayerProblem layer)) {
            return Support.unsupported("does layers, and this is " + problem.op());
        }
        if (layer.precision() != precision) {
            return Support.unsupported("has buffers of " + precision + ", not " + layer.precision());
        }
        for (LayerStep step : layer.shape().steps()) {
            Problem part = Problem.of(step.shape(), precision);
            if (kernel(part, device).isEmpty()) {
                return Support.unsupported(step.output() + ": no kernel of ours for " + part.op() + " takes this in "
                        + precision + " on " + device.arch());
            }
        }
        return Support.natively();
    }

    /** The steps in order; asked only where {@link #supports} said yes. */
    public List<Part> parts(LayerProblem layer, DeviceTraits device) {
        return layer.shape().steps().stream()
                .map(step -> {
                    Problem part = Problem.of(step.shape(), precision);
                    return new Part(step, part, kernel(part, device).orElseThrow());
                })
                .toList();
    }

    /** The last that does it: kernels for few rows stand behind those for many, and the ladder's best at its end. */
    private static Optional<CudaRow> kernel(Problem part, DeviceTraits device) {
        return CudaKernels.rows().stream()
                .filter(row -> row.supports(part, device) instanceof Support.Supported)
                .reduce((earlier, later) -> later);
    }
}
