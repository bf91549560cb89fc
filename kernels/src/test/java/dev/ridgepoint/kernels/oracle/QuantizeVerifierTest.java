package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.Problem.QuantizeProblem;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class QuantizeVerifierTest {
    private static final int ROWS = 16;
    private static final int COLS = 256;

    static Stream<QuantFormat> pinned() {
        return QuantFormat.ALL.stream().filter(f -> QuantCodecs.of(f).encoderIsPinned());
    }

    static Stream<QuantFormat> all() {
        return QuantFormat.ALL.stream();
    }

    private static QuantizeProblem problem(Direction direction, QuantFormat format) {
        return QuantizeProblem.of(direction, ROWS, COLS, DType.BF16, format);
    }

    /** What a correct quantiser leaves in its buffers. */
    private static Map<String, byte[]> quantise(QuantFormat format, OperandSet operands) {
        float[] x = new float[ROWS * COLS];
        FloatCodec.decode(DType.BF16, operands.input("x"), x, 0, x.length);
        QuantTensor tensor = QuantCodecs.of(format).encode(x, ROWS, COLS);
        Map<String, byte[]> buffers = new HashMap<>();
        buffers.put("codes", tensor.codes());
        buffers.put("scales", tensor.scales());
        buffers.put("zeros", tensor.zeros());
        buffers.put(
                "tensorScale",
                ByteBuffer.allocate(4)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putFloat(tensor.tensorScale())
                        .array());
        return buffers;
    }

    private static OutputReader reader(Map<String, byte[]> buffers) {
        return (operand, offset, target) -> target.put(buffers.get(operand), (int) offset, target.remaining());
    }

    @ParameterizedTest
    @MethodSource("pinned")
    void aQuantiserMustGiveTheCodecsBits(QuantFormat format) {
        QuantizeProblem problem = problem(Direction.QUANTIZE, format);
        for (Distribution distribution : Distribution.values()) {
            OperandSet operands = OperandSet.generate(problem, distribution, 1);
            Verdict verdict = Verifier.of(problem, operands).check(reader(quantise(format, operands)));
            assertNull(verdict.firstMismatch(), distribution.id());
            assertEquals("bit-exact", verdict.method());
            assertTrue(verdict.toleranceSource().contains(format.id()));
        }
    }

    /** Flips one bit of one byte, in turn, in every buffer a quantiser writes. */
    @ParameterizedTest
    @MethodSource("pinned")
    void oneBitIsSeen(QuantFormat format) {
        QuantizeProblem problem = problem(Direction.QUANTIZE, format);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        Verifier verifier = Verifier.of(problem, operands);
        for (OperandSpec spec : operands.specs()) {
            if (spec.role() == OperandSpec.Role.INPUT) {
                continue;
            }
            for (int at = 0; at < spec.bytes(); at += 1 + (int) spec.bytes() / 17) {
                Map<String, byte[]> buffers = quantise(format, operands);
                buffers.get(spec.name())[at] ^= (byte) (1 << at % 8);
                Verdict verdict = verifier.check(reader(buffers));
                assertFalse(verdict.passed(), spec.name() + " byte " + at);
                assertTrue(verdict.firstMismatch().startsWith(spec.name() + "["), verdict.firstMismatch());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aDequantiserMustGiveTheCodecsNumbers(QuantFormat format) {
        QuantizeProblem problem = problem(Direction.DEQUANTIZE, format);
        for (Distribution distribution : Distribution.values()) {
            if (distribution == Distribution.NON_FINITE
                    && !QuantCodecs.of(format).encoderIsPinned()) {
                continue; // k-quants have no codes for NaN and infinities, so there are no such operands
            }
            OperandSet operands = OperandSet.generate(problem, distribution, 1);
            DecodedMatrix codes = DecodedMatrix.of(operands, "codes");
            float[] y = QuantCodecs.of(format).decode(codes.tensor(0));
            Outputs outputs = Outputs.of("y", DType.BF16, y);
            Verifier verifier = Verifier.of(problem, operands);
            assertNull(verifier.check(outputs).firstMismatch(), distribution.id());
            Outputs negated = Outputs.of("y", DType.BF16, y);
            for (int i = 0; i < y.length; i++) {
                if (y[i] == 0 || Float.isNaN(y[i])) {
                    negated.set(i, -y[i]);
                }
            }
            assertNull(verifier.check(negated).firstMismatch(), "the sign of zero and NaN in " + distribution.id());
        }
    }

    @Test
    void oneUlpIsSeen() {
        QuantizeProblem problem = problem(Direction.DEQUANTIZE, QuantFormat.INT8_TOKEN);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        float[] y = QuantCodecs.of(QuantFormat.INT8_TOKEN)
                .decode(DecodedMatrix.of(operands, "codes").tensor(0));
        Verifier verifier = Verifier.of(problem, operands);
        for (int element = 0; element < y.length; element += 101) {
            Outputs outputs = Outputs.of("y", DType.BF16, y);
            float value = outputs.get(element);
            outputs.set(element, value * (1 + 0x1p-7f));
            Verdict verdict = verifier.check(outputs);
            assertEquals(value == 0, verdict.passed());
            if (value != 0) {
                String place = "y[" + element / COLS + ", " + element % COLS + "]:";
                assertTrue(verdict.firstMismatch().startsWith(place), verdict.firstMismatch());
            }
        }
    }

    @Test
    void bitsCountEvenWhereNumbersAgree() {
        QuantizeProblem problem = problem(Direction.QUANTIZE, QuantFormat.FP8_E4M3_TOKEN);
        OperandSet operands = OperandSet.generate(problem, Distribution.ADVERSARIAL, 1);
        Map<String, byte[]> buffers = quantise(QuantFormat.FP8_E4M3_TOKEN, operands);
        int zero = 0;
        while (buffers.get("codes")[zero] != 0) {
            zero++;
        }
        buffers.get("codes")[zero] = (byte) 0x80;
        Verdict verdict = Verifier.of(problem, operands).check(reader(buffers));
        assertFalse(verdict.passed());
        assertTrue(verdict.firstMismatch().endsWith("expected bits 0x0, got 0x80"), verdict.firstMismatch());
    }

    @Test
    void aSearchIsNoRule() {
        QuantizeProblem problem = problem(Direction.QUANTIZE, QuantFormat.Q4_K);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        String message = assertThrows(IllegalArgumentException.class, () -> Verifier.of(problem, operands))
                .getMessage();
        assertTrue(message.startsWith("format:"), message);
    }
}
