package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Every kernel on tensors of more than 2^31 elements, of which a few lie in memory: a JVM of its own, on an emulated driver
 * that hands out addresses without memory behind them and runs the first and the last blocks of a grid alone.
 */
final class FarTrial {
    private static final long SEED = 17;
    private static final String BLOCK_TABLE = "blockTable";

    private final FarCase far;
    private final OperandSet operands;
    private final Map<String, OperandSpec> small = new LinkedHashMap<>();
    private final Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();

    private FarTrial(Device device, FarCase far, OperandSet operands) {
        this.far = far;
        this.operands = operands;
        operands.specs().forEach(spec -> small.put(spec.name(), spec));
        for (OperandSpec spec : OperandSpecs.of(far.large())) {
            buffers.put(spec.name(), device.allocate(spec.bytes()));
        }
    }

    /** With kernels' prefixes, whose cases it prints: how many elements, problem, kernel, the first mismatch, the verdict. */
    public static void main(String[] args) {
        try (Device device = Devices.open(args[0])) {
            for (FarCase far : FarCase.all(device.traits().units())) {
                List<? extends KernelRow> able = device.kernels().stream()
                        .filter(row -> Arrays.stream(args).skip(1).anyMatch(row.id()::startsWith))
                        .filter(row -> row.supports(far.large(), device.traits()) instanceof Support.Supported)
                        .toList();
                if (!able.isEmpty()) {
                    of(device, far, able);
                }
            }
        }
    }

    private static void of(Device device, FarCase far, List<? extends KernelRow> able) {
        OperandSet operands = OperandSet.generate(far.small(), Distribution.NORMAL, SEED);
        Verifier verifier = Verifier.of(far.small(), operands);
        FarTrial trial = new FarTrial(device, far, operands);
        for (KernelRow row : able) {
            trial.fill();
            String said = far.elements() + " " + far.large().id() + " " + row.id() + " ";
            try (PreparedLaunch launch = device.prepare(row, far.large(), trial.buffers)) {
                launch.launch();
                launch.synchronize();
                Verdict verdict = verifier.check(trial::read);
                System.out.println(said + verdict.firstMismatch() + " " + verdict.passed());
            } catch (DeviceException failure) {
                System.out.println(said + failure.getMessage() + " false");
                if (failure.deviceLost()) {
                    throw failure;
                }
            }
        }
        trial.buffers.values().forEach(DeviceBuffer::close);
    }

    /** Inputs, and outputs that no kernel has written. */
    private void fill() {
        for (OperandSpec spec : small.values()) {
            byte[] content = new byte[Math.toIntExact(spec.bytes())];
            if (spec.role() == Role.INPUT) {
                operands.input(spec.name()).get(content);
            } else {
                Arrays.fill(content, Verifier.POISON);
            }
            if (spec.name().equals(BLOCK_TABLE)) {
                moveToTheLastPages(content);
            }
            int bytes = content.length / far.slicesOf(spec);
            for (int offset = 0; offset < content.length; offset += bytes) {
                buffers.get(spec.name()).upload(place(spec, offset), ByteBuffer.wrap(content, offset, bytes));
            }
        }
    }

    private void moveToTheLastPages(byte[] table) {
        IntBuffer pages = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        // All sequences have one length, so that every entry is a page.
        int moved = (int) (buffers.get(BLOCK_TABLE).bytes() / Integer.BYTES) - pages.limit();
        for (int i = 0; i < pages.limit(); i++) {
            pages.put(i, pages.get(i) + moved);
        }
    }

    private void read(String name, long offset, ByteBuffer target) {
        OperandSpec spec = small.get(name);
        long bytes = spec.bytes() / far.slicesOf(spec);
        while (target.hasRemaining()) {
            int part = (int) Math.min(target.remaining(), bytes - offset % bytes);
            ByteBuffer slice = ByteBuffer.allocate(part);
            buffers.get(name).download(place(spec, offset), slice);
            target.put(slice.array());
            offset += part;
        }
    }

    /** Where a byte of the small problem's operand lies in the large one's. */
    private long place(OperandSpec spec, long offset) {
        int slices = far.slicesOf(spec);
        long bytes = spec.bytes() / slices;
        long pitch = buffers.get(spec.name()).bytes() / slices;
        return offset / bytes * pitch + pitch - bytes + offset % bytes;
    }
}
