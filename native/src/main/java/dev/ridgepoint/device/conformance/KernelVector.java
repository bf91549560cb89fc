package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.CudaDevice;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.shape.Problem;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kernel of the catalogue on one problem: every element of its outputs, one after the other. Floats may differ by what
 * another order of sums and approximations explain; that they are right is the gate's to say.
 */
public record KernelVector(CudaRow kernel, Problem problem) implements TestVector {
    private static final long SEED = 1;
    /** Last places of the output in which two right answers may differ. */
    private static final double ULPS = 4;

    @Override
    public String id() {
        return kernel.id() + " on " + problem.id();
    }

    @Override
    public String group() {
        return "kernels";
    }

    @Override
    public Optional<String> refusal(DeviceTraits device) {
        if (KernelImage.fatbin(kernel).isEmpty()) {
            return Optional.of("built without nvcc: there is no compiled kernel");
        }
        return kernel.supports(problem, device) instanceof Support.Unsupported no
                ? Optional.of(no.reason())
                : Optional.empty();
    }

    /** Of what the compiler made of the kernel, as PTX, and of the inputs. */
    @Override
    public String fingerprint() {
        StringBuilder text = new StringBuilder(operands().sha256());
        for (Fatbin.Entry entry :
                Fatbin.parse(KernelImage.fatbin(kernel).orElseThrow()).entries()) {
            text.append(entry.kind() == Fatbin.Kind.PTX ? entry.ptx() : "");
        }
        return Digests.of(text.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Bound bound() {
        DType type = outputs().get(0).type();
        if (outputs().size() != 1
                || !List.of(DType.FP32, DType.FP16, DType.BF16).contains(type)) {
            return Bound.EXACT;
        }
        double places = ULPS * 2 * type.unitRoundoff();
        return Bound.near(type, places, places * 0x1p-10);
    }

    @Override
    public Shape shape() {
        long bytes = outputs().stream().mapToLong(OperandSpec::bytes).sum();
        int element = bound() == Bound.EXACT ? 1 : outputs().get(0).type().bits() / 8;
        return new Shape(Math.toIntExact(bytes / element), element, element);
    }

    @Override
    public byte[] run(CudaDevice device) {
        OperandSet operands = operands();
        Map<String, DeviceBuffer> buffers = new LinkedHashMap<>();
        try {
            for (OperandSpec spec : operands.specs()) {
                DeviceBuffer buffer = device.allocate(spec.bytes());
                buffers.put(spec.name(), buffer);
                buffer.fill((byte) 0);
                if (spec.role() == Role.INPUT) {
                    buffer.upload(0, operands.input(spec.name()));
                }
            }
            try (PreparedLaunch launch = device.prepare(kernel, problem, buffers)) {
                launch.launch();
                launch.synchronize();
            }
            ByteBuffer answer = ByteBuffer.allocate(shape().bytes());
            for (OperandSpec spec : outputs()) {
                answer.limit(answer.position() + (int) spec.bytes());
                buffers.get(spec.name()).download(0, answer);
            }
            return answer.array();
        } finally {
            buffers.values().forEach(DeviceBuffer::close);
        }
    }

    /** The entry points it launches, in order. */
    public List<String> entries(DeviceTraits device) {
        return kernel.plan(problem, device).launches().stream()
                .map(KernelLaunch::entry)
                .toList();
    }

    private OperandSet operands() {
        return OperandSet.generate(problem, Distribution.NORMAL, SEED);
    }

    private List<OperandSpec> outputs() {
        return OperandSpecs.of(problem).stream()
                .filter(spec -> spec.role() == Role.OUTPUT)
                .toList();
    }

    @Override
    public String inputs(int row) {
        return "element " + row + " of " + problem.id() + ", normal inputs of seed " + SEED;
    }

    @Override
    public String program() {
        return kernel.idea();
    }
}
