package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.cuda.layer.LayerRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.oracle.OutputReader;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.LayerStep;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.Rotary;
import dev.ridgepoint.kernels.shape.RowFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A layer on a device, wired rightly and wrongly: a JVM of its own, which prints the step that each verdict names. */
final class LayerTrial {
    private static final LayerProblem PROBLEM = new LayerProblem(
            new LayerShape(
                    AttentionShape.of(2, 4, 2, 3, 9, 64, Mask.CAUSAL),
                    64,
                    48,
                    PointwiseFunction.SILU_MUL,
                    RowFunction.RMSNORM,
                    true,
                    true,
                    Rotary.HALF),
            Precision.BF16);

    private LayerTrial() {}

    public static void main(String[] args) {
        try (CudaDevice device = (CudaDevice) Devices.open(args[0])) {
            LayerRow row = new LayerRow(Precision.BF16);
            List<LayerRow.Part> parts = row.parts(PROBLEM, device.traits());
            boolean graph = args[0].equals("jni");
            Memory memory = new Memory(device);
            try (PreparedLaunch launch = device.prepare(row, PROBLEM, memory.buffers)) {
                System.out.println(launch.implementation().split(" normed ")[0]);
                System.out.println("right " + memory.after(launch));
                try (GraphLaunch recorded = device.record(launch::launch)) {
                    System.out.println("recorded " + memory.after(recorded));
                }
            }
            System.out.println("residual " + memory.after(device, rewired(parts, "attended", "r", "x"), graph));
            System.out.println("weights " + memory.after(device, rewired(parts, "normed", "w", "w2"), graph));
            System.out.println("place " + memory.after(device, rewired(parts, "kCache", "kCache", "elsewhere"), graph));
            System.out.println("turn " + memory.after(device, rewired(parts, "o", "q", "q"), graph));
            System.out.println("order " + memory.after(device, swapped(parts, 4, 6), graph));
            memory.close();
        }
    }

    /** The residual is added twice where the projection is to be added to it, and so on. */
    private static List<LayerRow.Part> rewired(
            List<LayerRow.Part> parts, String output, String operand, String buffer) {
        return parts.stream()
                .map(part -> {
                    Map<String, String> buffers = new HashMap<>(part.step().buffers());
                    if (part.step().output().equals(output)) {
                        buffers.put(operand, buffer);
                    }
                    LayerStep step = new LayerStep(output(part), part.step().shape(), buffers, 0, 0);
                    return new LayerRow.Part(step, part.problem(), part.kernel());
                })
                .toList();
    }

    private static String output(LayerRow.Part part) {
        return part.step().output();
    }

    /** Attention before the keys it reads are there. */
    private static List<LayerRow.Part> swapped(List<LayerRow.Part> parts, int left, int right) {
        List<LayerRow.Part> others = new ArrayList<>(parts);
        Collections.swap(others, left, right);
        return others;
    }

    /** A layer's buffers on a device, and one beside that nobody looks at. */
    private static final class Memory implements OutputReader {
        private final OperandSet operands = OperandSet.generate(PROBLEM, Distribution.NORMAL, 3);
        private final Verifier verifier = Verifier.of(PROBLEM, operands);
        private final Map<String, DeviceBuffer> buffers;
        private final DeviceBuffer elsewhere;

        Memory(CudaDevice device) {
            buffers = operands.specs().stream()
                    .collect(Collectors.toMap(
                            OperandSpec::name, spec -> device.allocate(spec.bytes()), (a, b) -> a, LinkedHashMap::new));
            elsewhere = device.allocate(buffers.get("kCache").bytes());
        }

        String after(CudaDevice device, List<LayerRow.Part> parts, boolean graph) {
            Map<String, DeviceBuffer> all = new HashMap<>(buffers);
            all.put("elsewhere", elsewhere);
            try (PreparedLaunch launch = StepsLaunch.of(device, parts, all, graph)) {
                return after(launch);
            }
        }

        /** {@code passed}, or the step of the first mismatch. */
        String after(PreparedLaunch launch) {
            for (OperandSpec spec : operands.specs()) {
                if (spec.role() == Role.OUTPUT) {
                    buffers.get(spec.name()).fill(Verifier.POISON);
                } else {
                    buffers.get(spec.name()).upload(0, operands.input(spec.name()));
                }
            }
            launch.launch();
            launch.synchronize();
            Verdict verdict = verifier.check(this);
            return verdict.passed() ? "passed" : verdict.firstMismatch().split(": ")[0];
        }

        @Override
        public void read(String operand, long offset, ByteBuffer target) {
            buffers.get(operand).download(offset, target);
        }

        void close() {
            buffers.values().forEach(DeviceBuffer::close);
            elsewhere.close();
        }
    }
}
