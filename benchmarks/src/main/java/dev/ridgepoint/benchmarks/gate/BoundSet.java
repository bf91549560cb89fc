package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.oracle.OutputReader;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.shape.Problem;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One set of buffers on the device with the launch that is bound to them. */
public final class BoundSet implements AutoCloseable {
    private static final int CHUNK = 1 << 20;

    private final Device device;
    private final Problem problem;
    private final List<OperandSpec> specs;
    private final Map<String, DeviceBuffer> buffers;
    private final PreparedLaunch launch;
    /** What inputs hold, and what state begins from. */
    private OperandSet uploaded;

    private byte poison = Verifier.POISON;

    private BoundSet(
            Device device,
            Problem problem,
            OperandSet uploaded,
            Map<String, DeviceBuffer> buffers,
            PreparedLaunch launch) {
        this.device = device;
        this.problem = problem;
        this.specs = uploaded.specs();
        this.uploaded = uploaded;
        this.buffers = buffers;
        this.launch = launch;
    }

    /**
     * Allocates the buffers of a problem, uploads its operands and binds the kernel to them.
     *
     * @throws dev.ridgepoint.device.UnsupportedKernelException if the kernel refuses only now
     */
    public static BoundSet create(Device device, KernelRow kernel, Problem problem, OperandSet operands) {
        Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
        try {
            for (OperandSpec spec : operands.specs()) {
                buffers.put(spec.name(), device.allocate(spec.bytes()));
            }
            upload(operands, buffers);
            PreparedLaunch launch = device.prepare(kernel, problem, buffers);
            return new BoundSet(device, problem, operands, buffers, launch);
        } catch (RuntimeException e) {
            buffers.values().forEach(DeviceBuffer::close);
            throw e;
        }
    }

    /** Bytes of all buffers of a problem. */
    public static long bytes(List<OperandSpec> specs) {
        return specs.stream().mapToLong(OperandSpec::bytes).sum();
    }

    public PreparedLaunch launch() {
        return launch;
    }

    /** Another kernel's launch over the same buffers, which whoever asks closes first. */
    public PreparedLaunch launchOf(KernelRow other) {
        return device.prepare(other, problem, buffers);
    }

    /** Runs the kernel once and waits for it. */
    void run() {
        launch.launch();
        launch.synchronize();
    }

    /** Overwrites the inputs in place: same addresses, other contents. */
    void upload(OperandSet operands) {
        uploaded = operands;
        upload(operands, buffers);
    }

    private static void upload(OperandSet operands, Map<String, DeviceBuffer> buffers) {
        for (OperandSpec spec : operands.specs()) {
            if (spec.role() != Role.OUTPUT) {
                buffers.get(spec.name()).upload(0, operands.input(spec.name()));
            }
        }
    }

    /** Sets every byte of the outputs, and state to what it begins from. */
    public void poison(byte value) {
        poison = value;
        for (OperandSpec spec : specs) {
            DeviceBuffer buffer = buffers.get(spec.name());
            if (spec.role() == Role.OUTPUT) {
                buffer.fill(value);
            } else if (spec.role() == Role.STATE) {
                buffer.upload(0, uploaded.input(spec.name()));
            }
        }
    }

    /** Whether every byte of the outputs still holds this value. */
    boolean holdsOnly(byte value) {
        for (OperandSpec spec : specs) {
            if (spec.role() == Role.OUTPUT && !holdsOnly(spec, value)) {
                return false;
            }
        }
        return true;
    }

    private boolean holdsOnly(OperandSpec output, byte value) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (long offset = 0; offset < output.bytes(); offset += CHUNK) {
            read(output, offset, chunk);
            while (chunk.hasRemaining()) {
                if (chunk.get() != value) {
                    return false;
                }
            }
        }
        return true;
    }

    /** The name of an input that no longer holds what was uploaded, or null. */
    String overwrittenInput(OperandSet uploaded) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);
        for (OperandSpec spec : specs) {
            if (spec.role() == Role.INPUT) {
                ByteBuffer original = uploaded.input(spec.name());
                for (long offset = 0; offset < spec.bytes(); offset += CHUNK) {
                    read(spec, offset, chunk);
                    if (chunk.mismatch(original.slice((int) offset, chunk.remaining())) >= 0) {
                        return spec.name();
                    }
                }
            }
        }
        return null;
    }

    private void read(OperandSpec spec, long offset, ByteBuffer chunk) {
        chunk.clear().limit((int) Math.min(CHUNK, spec.bytes() - offset));
        buffers.get(spec.name()).download(offset, chunk);
        chunk.flip();
    }

    /** Whether every byte of the outputs and of state is that of another set of the same problem. */
    boolean hasOutputsOf(BoundSet other) {
        ByteBuffer mine = ByteBuffer.allocateDirect(CHUNK);
        ByteBuffer theirs = ByteBuffer.allocateDirect(CHUNK);
        for (OperandSpec spec : specs) {
            if (spec.role() != Role.INPUT) {
                for (long offset = 0; offset < spec.bytes(); offset += CHUNK) {
                    read(spec, offset, mine);
                    other.read(spec, offset, theirs);
                    if (mine.mismatch(theirs) >= 0) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    /** The outputs, for the verifier. */
    OutputReader outputs() {
        return new OutputReader() {
            @Override
            public void read(String operand, long offset, ByteBuffer target) {
                buffers.get(operand).download(offset, target);
            }

            @Override
            public Optional<ReferenceRows> reference(String operand) {
                return device.reference(problem, operand, buffers);
            }

            @Override
            public byte before(String operand, long offset) {
                return poison;
            }
        };
    }

    @Override
    public void close() {
        launch.close();
        buffers.values().forEach(DeviceBuffer::close);
    }
}
