package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Caches of e4m3 with codes that are no number, 0x7f and 0xff, on a device: a JVM of its own. One in a key makes every output
 * of its sequence and head NaN, one in a value a column of them, and the rest is as it was: a kernel that reads a number
 * fails, and so does one that spreads NaN.
 */
final class NoNumberTrial {
    private static final String KERNEL = "attention/sm80_bf16_kv_fp8_e4m3_decode";
    private static final long SEED = 11;
    private static final int KEYS = 129;
    private static final int KV_HEADS = 2;
    private static final List<Integer> DIMS = List.of(64, 96, 128, 256);
    /** A lane's four bytes of a word, and words far from one another. */
    private static final List<Integer> PLACES = List.of(0, 17, 34, 63);

    /** Lines it prints, each ending with whether something held. */
    static final int ANSWERS = DIMS.size() * (2 * PLACES.size() + 1) + 1;

    private NoNumberTrial() {}

    public static void main(String[] args) {
        try (Device device = Devices.open(args[0])) {
            KernelRow kernel = KernelTrial.row(device, KERNEL);
            for (int dim : DIMS) {
                AttentionProblem problem = problem(2, 8, KV_HEADS, dim);
                for (int place : PLACES) {
                    report(device, kernel, withCode(problem, "k", row(1, 100, 1), place, 0x7f));
                    report(device, kernel, withCode(problem, "v", row(0, 3, 0), place, 0xff));
                }
                // The largest numbers there are lie beside them.
                report(device, kernel, withCode(problem, "k", row(0, KEYS - 1, 0), 5, 0x7e));
            }
            // As many heads as meet each kind of adversarial row somewhere, and some none of what is not finite.
            report(device, kernel, OperandSet.generate(problem(1, 5, 5, 64), Distribution.NON_FINITE, SEED));
        }
    }

    private static AttentionProblem problem(int batch, int heads, int kvHeads, int dim) {
        AttentionShape shape = AttentionShape.of(batch, heads, kvHeads, 1, KEYS, dim, Mask.CAUSAL);
        return new AttentionProblem(shape, Precision.BF16_KV_FP8);
    }

    private static int row(int sequence, int key, int kvHead) {
        return (sequence * KEYS + key) * KV_HEADS + kvHead;
    }

    private static OperandSet withCode(AttentionProblem problem, String name, int row, int col, int code) {
        OperandSet usual = OperandSet.generate(problem, Distribution.NORMAL, SEED);
        Map<String, byte[]> inputs = new LinkedHashMap<>();
        for (OperandSpec spec : usual.specs()) {
            if (spec.role() == Role.INPUT) {
                ByteBuffer from = usual.input(spec.name());
                byte[] bytes = new byte[from.remaining()];
                from.get(bytes);
                inputs.put(spec.name(), bytes);
            }
        }
        inputs.get(name)[row * (int) problem.shape().headDim() + col] = (byte) code;
        return OperandSet.of(problem, SEED, inputs);
    }

    private static void report(Device device, KernelRow kernel, OperandSet operands) {
        try (KernelTrial trial = new KernelTrial(device, kernel, operands)) {
            trial.launch().launch();
            trial.launch().synchronize();
            Verdict verdict = trial.verdict(Verifier.of(operands.problem(), operands));
            System.out.println(operands.problem().id() + " " + verdict.firstMismatch() + " " + verdict.passed());
        }
    }
}
