package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.LinkedHashMap;
import java.util.Map;

/** A problem's buffers on the device, inputs filled with normal numbers. */
final class Operands implements AutoCloseable {
    private final Device device;
    private final Problem problem;
    private final Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();

    Operands(Device device, Problem problem) {
        this.device = device;
        this.problem = problem;
        OperandSet inputs = OperandSet.generate(problem, Distribution.NORMAL, 1);
        for (OperandSpec spec : inputs.specs()) {
            DeviceBuffer buffer = device.allocate(spec.bytes());
            buffers.put(spec.name(), buffer);
            buffer.fill((byte) 0);
            if (spec.role() == OperandSpec.Role.INPUT) {
                buffer.upload(0, inputs.input(spec.name()));
            }
        }
    }

    long address(String name) {
        return buffers.get(name).address();
    }

    PreparedLaunch prepare(String kernelId) {
        KernelRow row = device.kernels().stream()
                .filter(kernel -> kernel.id().equals(kernelId))
                .findFirst()
                .orElseThrow();
        return device.prepare(row, problem, buffers);
    }

    @Override
    public void close() {
        buffers.values().forEach(DeviceBuffer::close);
    }
}
