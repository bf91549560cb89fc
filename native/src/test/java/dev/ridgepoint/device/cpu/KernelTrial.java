package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** A kernel bound to seeded inputs and poisoned outputs. */
public final class KernelTrial implements AutoCloseable {
    private final OperandSet inputs;
    private final Problem problem;
    private final Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
    private final PreparedLaunch launch;

    public KernelTrial(Device device, KernelRow row, OperandSet inputs) {
        this.inputs = inputs;
        this.problem = inputs.problem();
        try {
            for (OperandSpec spec : inputs.specs()) {
                buffers.put(spec.name(), device.allocate(spec.bytes()));
            }
            launch = device.prepare(row, problem, buffers);
        } catch (RuntimeException | Error e) {
            buffers.values().forEach(DeviceBuffer::close);
            throw e;
        }
        // Prepared first, filled afterwards: a launch may know addresses only.
        fill();
    }

    /** Uploads the inputs and poisons the outputs. */
    public void fill() {
        for (OperandSpec spec : inputs.specs()) {
            buffers.get(spec.name()).fill(Verifier.POISON);
            if (spec.role() == OperandSpec.Role.INPUT) {
                buffers.get(spec.name()).upload(0, inputs.input(spec.name()));
            }
        }
    }

    public PreparedLaunch launch() {
        return launch;
    }

    public DeviceBuffer buffer(String name) {
        return buffers.get(name);
    }

    /** What an output holds. */
    public byte[] bytes(String name) {
        byte[] bytes = new byte[(int) buffers.get(name).bytes()];
        buffers.get(name).download(0, ByteBuffer.wrap(bytes));
        return bytes;
    }

    public Verdict verdict(Verifier verifier) {
        return verifier.check((operand, offset, target) -> buffers.get(operand).download(offset, target));
    }

    /** One launch, held against the oracle. */
    public static Verdict verify(Device device, KernelRow row, Problem problem, Distribution distribution, long seed) {
        OperandSet inputs = OperandSet.generate(problem, distribution, seed);
        try (KernelTrial trial = new KernelTrial(device, row, inputs)) {
            trial.launch.launch();
            trial.launch.synchronize();
            boolean subnormals = row.multipliesSubnormals(device.traits());
            return trial.verdict(Verifier.of(problem, subnormals ? inputs : inputs.withoutSubnormals()));
        }
    }

    public static KernelRow row(Device device, String id) {
        return device.kernels().stream()
                .filter(row -> row.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no kernel " + id));
    }

    @Override
    public void close() {
        launch.close();
        buffers.values().forEach(DeviceBuffer::close);
    }
}
