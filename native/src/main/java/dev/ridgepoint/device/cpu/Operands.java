package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A problem's buffers by name, checked once: every one is there, is the CPU's and is large enough. */
final class Operands {
    private final Map<String, CpuBuffer> buffers = new LinkedHashMap<>();

    Operands(Problem problem, Map<String, DeviceBuffer> given) {
        for (OperandSpec spec : OperandSpecs.of(problem)) {
            buffers.put(spec.name(), checked(spec, given.get(spec.name())));
        }
    }

    private static CpuBuffer checked(OperandSpec spec, DeviceBuffer buffer) {
        if (buffer == null) {
            throw new DeviceException(spec.name() + ": missing; the problem has this operand of " + spec.bytes()
                    + " bytes, " + spec.layout());
        }
        if (!(buffer instanceof CpuBuffer host)) {
            throw new DeviceException(spec.name() + ": the buffer belongs to another device");
        }
        if (host.bytes() < spec.bytes()) {
            throw new DeviceException(
                    spec.name() + ": expected at least " + spec.bytes() + " bytes, got " + host.bytes());
        }
        host.requireOpen();
        return host;
    }

    /** Address of an operand, or 0 where the problem has none of that name. */
    long address(String name) {
        CpuBuffer buffer = buffers.get(name);
        return buffer == null ? 0 : buffer.address();
    }

    List<CpuBuffer> buffers() {
        return new ArrayList<>(buffers.values());
    }
}
