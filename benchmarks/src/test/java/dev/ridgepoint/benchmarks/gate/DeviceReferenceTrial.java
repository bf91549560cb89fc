package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.OutputReader;
import dev.ridgepoint.kernels.oracle.ReferenceRows;
import dev.ridgepoint.kernels.oracle.Verdict;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import dev.ridgepoint.results.Correctness;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Small outputs that are held for large ones, against a reference on the device: a JVM of its own. */
final class DeviceReferenceTrial {
    private static final long SEED = 3;
    /** Multiply-adds; all problems here have more. */
    private static final long FULL_LIMIT = 1 << 10;

    private static final long WATCH_MILLIS = 2;
    /** The byte that is changed: in the lower half of an element that no sample has, as {@link #main} shows. */
    private static final int WRONG_BYTE = 2 * (3 * 300 + 57);

    /** Kernels and what they solve. */
    static final Map<String, Problem> PROBLEMS = new LinkedHashMap<>();

    static {
        PROBLEMS.put("gemm/sm80_bf16_mma", new GemmProblem(GemmShape.of(70, 300, 64), Precision.BF16));
        PROBLEMS.put("gemm/sm80_fp32_shared", new GemmProblem(GemmShape.of(33, 140, 65), Precision.FP32));
        PROBLEMS.put("gemm/sm80_fp8_e4m3_mma", new GemmProblem(GemmShape.of(66, 80, 96), Precision.FP8_E4M3));
        PROBLEMS.put("gemm/sm80_w4a16_g128_gemv", new GemmProblem(GemmShape.of(5, 130, 160), Precision.W4A16_G128));
        PROBLEMS.put("gemm/sm80_w8a16_zp_skinny", new GemmProblem(GemmShape.of(7, 130, 164), Precision.W8A16_ZP));
        PROBLEMS.put("gemm/sm80_nvfp4_gemv", new GemmProblem(GemmShape.of(3, 130, 160), Precision.NVFP4));
        PROBLEMS.put(
                "attention/sm80_bf16_flash",
                new AttentionProblem(AttentionShape.of(1, 4, 2, 75, 90, 64, Mask.CAUSAL), Precision.BF16));
        PROBLEMS.put(
                "attention/sm80_bf16_kv_int8_decode",
                new AttentionProblem(
                        AttentionShape.of(3, 8, 2, 1, 129, 128, Mask.CAUSAL).withPages(16), Precision.BF16_KV_INT8));
    }

    private DeviceReferenceTrial() {}

    public static void main(String[] args) {
        try (Device device = Devices.open("jni")) {
            PROBLEMS.forEach((id, problem) -> {
                Correctness correctness = gate(device, row(device, id), problem);
                System.out.println(id + " " + correctness.method() + " " + correctness.checkedElements());
            });
            wrongElement(device);
        }
    }

    private static KernelRow row(Device device, String id) {
        return device.kernels().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private static Expectation expectation(Problem problem, long seed) {
        OperandSet operands = OperandSet.generate(problem, Distribution.HEAVY_TAILED, seed);
        return new Expectation(operands, Verifier.of(problem, operands, FULL_LIMIT));
    }

    private static Correctness gate(Device device, KernelRow row, Problem problem) {
        Expectation asked = expectation(problem, SEED);
        VerificationGate gate =
                new VerificationGate(asked, () -> expectation(problem, SEED + 1), WATCH_MILLIS, WATCH_MILLIS);
        try (BoundSet set = BoundSet.create(device, row, problem, asked.operands())) {
            gate.beforeTiming(List.of(set));
            set.run();
            return gate.afterTiming(List.of(set), 1);
        }
    }

    /** A little too large: what the sample does not see, and the reference does. */
    private static void wrongElement(Device device) {
        String id = PROBLEMS.keySet().iterator().next();
        Problem problem = PROBLEMS.get(id);
        Expectation asked = expectation(problem, SEED);
        try (BoundSet set = BoundSet.create(device, row(device, id), problem, asked.operands())) {
            set.run();
            OutputReader wrong = new OutputReader() {
                @Override
                public void read(String operand, long offset, ByteBuffer target) {
                    set.outputs().read(operand, offset, target);
                    target.put(WRONG_BYTE, (byte) (target.get(WRONG_BYTE) ^ 4));
                }

                @Override
                public Optional<ReferenceRows> reference(String operand) {
                    return set.outputs().reference(operand);
                }
            };
            Verdict sampled = asked.verifier().check(wrong::read);
            Verdict compared = asked.verifier().check(wrong);
            System.out.println("wrong " + sampled.passed() + " " + compared.firstMismatch());
        }
    }
}
