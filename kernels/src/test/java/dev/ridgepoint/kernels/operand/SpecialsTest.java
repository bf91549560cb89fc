package dev.ridgepoint.kernels.operand;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecialsTest {
    private static final int COLS = 16;
    private static final int ROWS = 60;

    /** Rows that hold something that is not finite, in order, each with what it holds. */
    private static List<String> rowsOf(Specials specials) {
        float[] values = new float[ROWS * COLS];
        Distribution.NON_FINITE.stream(CounterRandom.of(7, "x"), COLS, specials).fill(0, values, values.length);
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                rows.add(i / COLS + ":" + values[i]);
            }
        }
        return rows;
    }

    @ParameterizedTest
    @CsvSource({
        "FEW,10:NaN 25:Infinity 40:-Infinity",
        "ONE_NAN,10:NaN",
        "NAN_ROWS,1:NaN 14:NaN 27:NaN 40:NaN 53:NaN",
        "FIRST_ROW,0:NaN",
        "USUAL_ROWS,",
        "NONE,"
    })
    void rowsAreThoseAndNoOthers(Specials specials, String rows) {
        assertEquals(rows == null ? "" : rows, String.join(" ", rowsOf(specials)));
    }

    @Test
    void rowsOfEachKindComeAroundAndTheFirstIsUsual() {
        List<String> rows = rowsOf(Specials.ROWS);
        assertEquals(12, rows.size());
        assertEquals(List.of("1:NaN", "2:Infinity", "3:-Infinity", "16:NaN"), rows.subList(0, 4));
    }

    /** All twelve finite kinds are among them. */
    @ParameterizedTest
    @CsvSource({"ROWS,15,3", "NAN_ROWS,13,1"})
    void whatIsFiniteIsWhatAdversarialRowsAre(Specials specials, int cycle, int before) {
        float[] all = new float[cycle * COLS];
        Distribution.NON_FINITE.stream(CounterRandom.of(7, "x"), COLS, specials).fill(0, all, all.length);
        float[] finite = new float[12 * COLS];
        Distribution.ADVERSARIAL.stream(CounterRandom.of(7, "x"), COLS).fill(0, finite, finite.length);
        int constant = 5;
        float[] expected = new float[COLS];
        float[] got = new float[COLS];
        System.arraycopy(finite, constant * COLS, expected, 0, COLS);
        System.arraycopy(all, (constant + before) * COLS, got, 0, COLS);
        assertArrayEquals(expected, got);
    }

    private static String of(Problem problem, String operand) {
        return OperandSpecs.operands(problem).stream()
                .filter(MatrixOperand.class::isInstance)
                .map(MatrixOperand.class::cast)
                .filter(matrix -> matrix.names().values().equals(operand))
                .map(matrix -> matrix.specials().toString())
                .findFirst()
                .orElseThrow();
    }

    /** Weights by what their scales share; what is plain has every kind. */
    @ParameterizedTest
    @CsvSource({
        "BF16,ROWS,ROWS",
        "W4A16_G128,ROWS,ROWS",
        "W8A16,ROWS,ROWS",
        "FP8_E4M3,NAN_ROWS,NAN_ROWS",
        "NVFP4,ROWS,NAN_ROWS",
        "Q4_K,ROWS,NONE"
    })
    void formatsTakeWhatTheirScalesLetStandAlone(String precision, String activations, String weights) {
        GemmProblem problem = new GemmProblem(GemmShape.of(4, 8, 256), Precision.parse(precision.toLowerCase()));
        assertEquals(weights, of(problem, "b"));
        assertEquals(activations, of(problem, "a"));
    }

    /** A hidden value that is no number is nobody's promise, and latents are values. */
    @ParameterizedTest
    @CsvSource({"FULL,1,FEW,FEW", "FULL,9,FEW,FEW", "CAUSAL,1,FEW,FEW", "CAUSAL,2,FEW,NONE", "TREE,3,FEW,NONE"})
    void valuesAreFiniteWhereSomeAreHidden(Mask mask, long queries, String keys, String values) {
        AttentionShape shape = AttentionShape.of(2, 4, 2, queries, 40, 16, mask);
        AttentionProblem problem = new AttentionProblem(shape, Precision.BF16);
        assertEquals("ROWS", of(problem, "q"));
        assertEquals(keys, of(problem, "k"));
        assertEquals(values, of(problem, "v"));
        AttentionShape latent = new AttentionShape(2, 4, 1, queries, 40, 24, 16, mask, 0, 0, true, 0, List.of());
        assertEquals(values, of(new AttentionProblem(latent, Precision.BF16), "k"));
    }

    /** Tokens lie where the table says: 5 of them, 3 to a page, so one slot of the second page is nobody's. */
    @ParameterizedTest
    @CsvSource({"NON_FINITE,true", "ADVERSARIAL,false"})
    void endsOfPagesAreNaN(Distribution distribution, boolean filled) {
        AttentionShape shape = AttentionShape.of(2, 2, 2, 1, 5, 8, Mask.CAUSAL).withPages(3);
        OperandSet operands = OperandSet.generate(new AttentionProblem(shape, Precision.FP32), distribution, 1);
        IntBuffer table = operands.input("blockTable").asIntBuffer();
        for (int sequence = 0; sequence < 2; sequence++) {
            for (int place = 0; place < 6; place++) {
                int slot = table.get(sequence * 2 + place / 3) * 3 + place % 3;
                float last = operands.input("v").getFloat((slot * 16 + 15) * Float.BYTES);
                assertEquals(filled && place == 5, Float.isNaN(last), sequence + " " + place);
            }
        }
    }

    @Test
    void aCacheUnderOneScaleHasOneNaN() {
        AttentionShape shape = AttentionShape.of(2, 4, 2, 1, 40, 16, Mask.CAUSAL);
        assertEquals("ONE_NAN", of(new AttentionProblem(shape, Precision.FP8_E4M3), "v"));
        assertEquals("FEW", of(new AttentionProblem(shape, Precision.BF16_KV_FP8), "v"));
    }
}
