package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.KernelTrial;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Every fp8 code times every other on a device, by the kernel named last: a JVM of its own. Row i of an operand is code i
 * throughout, or in one of every four columns and zero in the others, as a lane has four neighbours in one register. So an element
 * of c is a product of two codes a power of two times, which bf16 holds exactly.
 */
final class CodePairsTrial {
    private static final int CODES = 256;
    private static final int COLUMNS = 128;
    private static final int NEIGHBOURS = 4;
    private static final int TIMES = COLUMNS / NEIGHBOURS;

    private CodePairsTrial() {}

    public static void main(String[] args) {
        try (Device device = Devices.open(args[0])) {
            for (Precision precision : List.of(Precision.FP8_E4M3, Precision.FP8_E5M2)) {
                String id = "gemm/" + args[1] + "_" + precision + "_mma";
                KernelRow kernel = KernelTrial.row(device, id);
                List<String> wrong = new ArrayList<>();
                for (int place = 0; place < NEIGHBOURS; place++) {
                    wrong.addAll(wrong(device, kernel, precision, place, true));
                    wrong.addAll(wrong(device, kernel, precision, place, false));
                }
                System.out.println(id + " " + (wrong.isEmpty() ? "none" : wrong.get(0)));
            }
        }
    }

    /** Row i has code i in the columns that are wanted. */
    private static byte[] rows(IntPredicate wanted) {
        byte[] codes = new byte[CODES * COLUMNS];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) (wanted.test(i % COLUMNS) ? i / COLUMNS : 0);
        }
        return codes;
    }

    /** Pairs whose product is not exact where one operand, a or else b, has zeros but at one place of four. */
    private static List<String> wrong(
            Device device, KernelRow kernel, Precision precision, int place, boolean zerosInA) {
        byte[] sparse = rows(column -> column % NEIGHBOURS == place);
        byte[] full = rows(column -> true);
        byte[] one = ByteBuffer.allocate(Float.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(1)
                .array();
        OperandSet operands = OperandSet.of(
                new GemmProblem(GemmShape.of(CODES, CODES, COLUMNS), precision),
                0,
                Map.of("a", zerosInA ? sparse : full, "aScales", one, "b", zerosInA ? full : sparse, "bScales", one));
        List<String> wrong = new ArrayList<>();
        try (KernelTrial trial = new KernelTrial(device, kernel, operands)) {
            trial.launch().launch();
            trial.launch().synchronize();
            float[] c = FloatCodec.decode(DType.BF16, trial.bytes("c"), CODES * CODES);
            for (int i = 0; i < c.length; i++) {
                float left = FloatCodec.decode(precision.compute(), i / CODES);
                float right = FloatCodec.decode(precision.compute(), i % CODES);
                // Zeros make no number of an infinity beside them.
                float sum = left * right * TIMES + 0 * (zerosInA ? right : left);
                if (c[i] != sum && !(Float.isNaN(c[i]) && Float.isNaN(sum))) {
                    wrong.add(left + " * " + right + " * " + TIMES + " is " + c[i]);
                }
            }
        }
        return wrong;
    }
}
