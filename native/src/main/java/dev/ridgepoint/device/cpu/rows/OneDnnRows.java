package dev.ridgepoint.device.cpu.rows;

import dev.ridgepoint.device.cpu.CpuKernel;
import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.onednn.Argument;
import dev.ridgepoint.device.cpu.onednn.LayerNormalization;
import dev.ridgepoint.device.cpu.onednn.Layout;
import dev.ridgepoint.device.cpu.onednn.OneDnn;
import dev.ridgepoint.device.cpu.onednn.Primitive;
import dev.ridgepoint.device.cpu.onednn.Softmax;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.PlainProblem;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.RowFunction;
import dev.ridgepoint.kernels.shape.RowProblem;
import dev.ridgepoint.kernels.shape.RowShape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A function of rows by one oneDNN primitive. Where it has none for a type on this CPU, its own refusal is the reason. */
public record OneDnnRows(RowFunction function, Precision precision) implements CpuKernel {
    /** Every function in every type. */
    public static List<CpuKernel> all() {
        return Arrays.stream(RowFunction.values())
                .flatMap(function -> PlainProblem.PRECISIONS.stream()
                        .<CpuKernel>map(precision -> new OneDnnRows(function, precision)))
                .toList();
    }

    @Override
    public String id() {
        return function.id() + "/cpu_" + precision + "_onednn";
    }

    @Override
    public String idea() {
        return "oneDNN's primitive over the last extent";
    }

    /** The vector units have fp32 alone: narrower types are widened on the way. */
    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!(problem instanceof RowProblem rows) || rows.shape().function() != function) {
            return Support.unsupported("does " + function.id() + ", and this is " + problem.op());
        }
        if (rows.precision() != precision) {
            return Support.unsupported("reads and writes " + precision + ", not " + rows.precision());
        }
        return precision == Precision.FP32 ? Support.natively() : Support.upconverted();
    }

    @Override
    public Optional<String> wrongOnNonFinite(Problem problem) {
        return function == RowFunction.SOFTMAX ? Optional.of(Softmax.NON_FINITE) : Optional.empty();
    }

    @Override
    public void assemble(Problem problem, LaunchBuilder launch) {
        RowShape shape = ((RowProblem) problem).shape();
        DType type = precision.activation();
        Layout matrix = Layout.rowMajor(type, shape.rows(), shape.cols());
        Layout vector = Layout.rowMajor(type, shape.cols());
        Primitive primitive = launch.own(compile(launch.oneDnn(), matrix, vector));
        Argument x = Argument.source(matrix, launch.address("x"));
        Argument y = Argument.destination(matrix, launch.address("y"));
        switch (function) {
            case SOFTMAX -> launch.then(primitive, x, y);
            case RMSNORM -> launch.then(primitive, x, Argument.scale(vector, launch.address("w")), y);
            case LAYERNORM ->
                launch.then(
                        primitive,
                        x,
                        Argument.scale(vector, launch.address("w")),
                        Argument.shift(vector, launch.address("b")),
                        y);
        }
    }

    private Primitive compile(OneDnn library, Layout matrix, Layout vector) {
        return switch (function) {
            case SOFTMAX -> Softmax.compile(library, matrix, matrix);
            case RMSNORM -> LayerNormalization.byRootMeanSquare(library, matrix, vector, RowFunction.EPSILON);
            case LAYERNORM -> LayerNormalization.byDeviation(library, matrix, vector, RowFunction.EPSILON);
        };
    }
}
