package dev.ridgepoint.kernels.operand;

import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Problem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The inputs of one problem, byte for byte as a kernel gets them: the same on every machine and JVM for the same
 * problem, distribution and seed. Another seed gives another set of the same sizes.
 */
public final class OperandSet {
    private final Problem problem;
    private final long seed;
    private final boolean patterned;
    private final boolean subnormals;
    private final List<OperandSpec> specs;
    private final Map<String, ByteBuffer> inputs;
    private String sha256;

    private OperandSet(Problem problem, long seed, boolean patterned) {
        this(problem, seed, patterned, true, allocate(OperandSpecs.of(problem)));
    }

    private OperandSet(
            Problem problem, long seed, boolean patterned, boolean subnormals, Map<String, ByteBuffer> inputs) {
        this.problem = problem;
        this.seed = seed;
        this.patterned = patterned;
        this.subnormals = subnormals;
        this.specs = OperandSpecs.of(problem);
        this.inputs = inputs;
    }

    /**
     * The inputs of a step of a problem this set was made for, seen where they lie: nothing is copied, so they must not change.
     *
     * @param step the step
     * @param lying every input of the step, by its name there
     */
    public OperandSet ofStep(Problem step, Map<String, ByteBuffer> lying) {
        return new OperandSet(step, seed, patterned, subnormals, lying);
    }

    /** The same bytes as a kernel sees them that multiplies zeros in place of subnormal numbers. */
    public OperandSet withoutSubnormals() {
        return new OperandSet(problem, seed, patterned, false, inputs);
    }

    /** Whether subnormal numbers count in a product, or zeros stand in their place. */
    public boolean subnormals() {
        return subnormals;
    }

    /** Whether values follow a pattern, so that bounds for random ones do not hold. */
    public boolean patterned() {
        return patterned;
    }

    /**
     * Makes the inputs of a problem.
     *
     * @throws IllegalArgumentException naming a buffer that is too large for one ByteBuffer, or for direct memory
     */
    public static OperandSet generate(Problem problem, Distribution distribution, long seed) {
        OperandSet set = new OperandSet(problem, seed, distribution.patterned());
        for (Operand operand : OperandSpecs.operands(problem)) {
            if (operand instanceof MatrixOperand matrix && matrix.role() != Role.OUTPUT) {
                CounterRandom random = CounterRandom.of(seed, matrix.names().values());
                ValueStream values = distribution.stream(random, matrix.cols(), matrix.specials());
                new MatrixFiller(matrix, values.times(matrix.shift()), set::writable).fill();
            } else if (operand instanceof IndexOperand index) {
                index.content().fill(set.writable(index.name()).asIntBuffer(), CounterRandom.of(seed, index.name()));
            } else if (operand instanceof TableOperand table) {
                table.content().fill(set.writable(table.name()).asFloatBuffer());
            }
        }
        if (distribution == Distribution.NON_FINITE) {
            UnusedSlots.fill(problem, set::writable);
        }
        return set;
    }

    /**
     * Inputs from elsewhere.
     *
     * @param seed draws what a verifier samples of a large problem
     * @throws IllegalArgumentException naming an input that is missing or has another size
     */
    public static OperandSet of(Problem problem, long seed, Map<String, byte[]> inputs) {
        OperandSet set = new OperandSet(problem, seed, false);
        set.inputs.forEach((name, target) -> {
            byte[] given = inputs.get(name);
            if (given == null || given.length != target.capacity()) {
                throw new IllegalArgumentException(name + ": expected " + target.capacity() + " bytes, got "
                        + (given == null ? "none" : given.length));
            }
            target.duplicate().put(given);
        });
        return set;
    }

    private static Map<String, ByteBuffer> allocate(List<OperandSpec> specs) {
        Map<String, ByteBuffer> buffers = new LinkedHashMap<>();
        for (OperandSpec spec : specs) {
            if (spec.role() != Role.OUTPUT) {
                buffers.put(spec.name(), allocate(spec));
            }
        }
        return buffers;
    }

    private static ByteBuffer allocate(OperandSpec spec) {
        if (spec.bytes() > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    spec.name() + ": " + spec.bytes() + " bytes; inputs beyond 2 GiB - 1 are not generated");
        }
        try {
            return ByteBuffer.allocateDirect((int) spec.bytes());
        } catch (OutOfMemoryError full) {
            throw new IllegalArgumentException(
                    spec.name() + ": " + spec.bytes() + " bytes do not fit the JVM's direct memory; raise"
                            + " -XX:MaxDirectMemorySize",
                    full);
        }
    }

    /** The buffer of that name, or null if the problem has none. */
    private ByteBuffer writable(String name) {
        ByteBuffer input = inputs.get(name);
        return input == null ? null : input.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    public Problem problem() {
        return problem;
    }

    /** What it was generated from; also draws what a verifier samples. */
    public long seed() {
        return seed;
    }

    /** How far outputs of these inputs may lie from the oracle's. */
    public Tolerance tolerance() {
        return patterned ? Tolerance.ofPatterns(problem) : Tolerance.of(problem);
    }

    /** All buffers of the problem, inputs first. */
    public List<OperandSpec> specs() {
        return specs;
    }

    /**
     * A read-only, little-endian view of an input, direct, from its first byte to its last.
     *
     * @throws IllegalArgumentException if the problem has no such input
     */
    public ByteBuffer input(String name) {
        if (!inputs.containsKey(name)) {
            throw new IllegalArgumentException("operand: no input '" + name + "'; inputs: " + inputs.keySet());
        }
        return inputs.get(name).asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** SHA-256 of all input bytes, in the order of {@link #specs()}, and of a byte more where subnormal numbers are zeros. */
    public synchronized String sha256() {
        if (sha256 == null) {
            sha256 = digest();
        }
        return sha256;
    }

    private String digest() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (ByteBuffer input : inputs.values()) {
                digest.update(input.duplicate());
            }
            if (!subnormals) {
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
