package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.precision.Int4Repacking;
import dev.ridgepoint.kernels.precision.QuantCodec;
import dev.ridgepoint.kernels.precision.QuantCodecs;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.precision.QuantTensor;
import dev.ridgepoint.kernels.shape.RepackProblem;
import dev.ridgepoint.kernels.shape.RepackShape;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepackTest {
    private static final int ROWS = 13;
    private static final int COLS = 261;
    private static final RepackShape SHAPE = new RepackShape(ROWS, COLS);

    private static byte[] bytes(OperandSet operands, String name) {
        ByteBuffer input = operands.input(name);
        byte[] bytes = new byte[input.remaining()];
        input.get(bytes);
        return bytes;
    }

    private static OutputReader reader(byte[] codes, byte[] zeros) {
        Map<String, byte[]> buffers = Map.of("toCodes", codes, "toZeros", zeros);
        return (operand, offset, target) -> target.put(buffers.get(operand), (int) offset, target.remaining());
    }

    /** The weight in the other layout, whose values were looked at: with scales of one, differences of codes and zero points. */
    private static QuantTensor expected(RepackProblem problem, OperandSet operands) {
        QuantCodec from = QuantCodecs.of(problem.from());
        byte[] ones = new byte[Math.toIntExact(problem.from().scalesLength(ROWS, COLS))];
        for (int i = 1; i < ones.length; i += 2) {
            ones[i] = 0x3c;
        }
        QuantTensor given = new QuantTensor(
                problem.from(), ROWS, COLS, bytes(operands, "codes"), ones, bytes(operands, "zeros"), 1);
        QuantTensor repacked = Int4Repacking.repack(given);
        float[] values = from.decodeRows(given, 0, ROWS);
        float[] again = QuantCodecs.of(problem.to()).decodeRows(repacked, 0, ROWS);
        assertArrayEquals(values, again);
        return repacked;
    }

    @Test
    void everyNibbleIsHeldToItsPlace() {
        for (QuantFormat format : Int4Repacking.LAYOUTS) {
            RepackProblem problem = new RepackProblem(SHAPE, format);
            for (Distribution distribution : Distribution.values()) {
                OperandSet operands = OperandSet.generate(problem, distribution, 1);
                QuantTensor right = expected(problem, operands);
                Verifier verifier = Verifier.of(problem, operands);
                assertNull(verifier.check(reader(right.codes(), right.zeros())).firstMismatch(), distribution.id());
                for (int i = 0; i < right.codes().length; i++) {
                    byte[] wrong = right.codes().clone();
                    wrong[i] ^= 0x10;
                    assertFalse(verifier.check(reader(wrong, right.zeros())).passed(), "codes, byte " + i);
                }
                for (int i = 0; i < right.zeros().length; i++) {
                    byte[] wrong = right.zeros().clone();
                    wrong[i] ^= 0x01;
                    assertFalse(verifier.check(reader(right.codes(), wrong)).passed(), "zeros, byte " + i);
                }
            }
        }
    }

    @Test
    void wordsThatWereLeftAsTheyLayAreRefused() {
        RepackProblem problem = new RepackProblem(new RepackShape(16, 128), QuantFormat.INT4_G128_AWQ);
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, 1);
        assertFalse(Verifier.of(problem, operands)
                .check(reader(bytes(operands, "codes"), bytes(operands, "zeros")))
                .passed());
    }

    @Test
    void scalesAreNoOperandAndTheLeastWorkIsCodesAndZerosOnceEachWay() {
        RepackProblem problem = new RepackProblem(SHAPE, QuantFormat.INT4_G128_AWQ);
        assertEquals(
                List.of("codes", "zeros", "toCodes", "toZeros"),
                OperandSpecs.of(problem).stream().map(OperandSpec::name).toList());
        double bytes = ROWS * COLS / 2.0 + ROWS * 3 / 2.0;
        assertEquals(bytes, problem.work().bytesRead());
        assertEquals(bytes, problem.work().bytesWritten());
        assertEquals(0, problem.work().flops());
        assertEquals("repack_r13_c261_int4_g128_awq", problem.id());
        assertEquals(SHAPE, ShapeJson.parse("repack", ShapeJson.write(SHAPE)));
    }
}
