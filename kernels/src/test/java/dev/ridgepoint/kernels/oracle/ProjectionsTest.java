package dev.ridgepoint.kernels.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProjectionsTest {
    private static final int N = 300;

    /** What is multiplied by sums of weights is what sums of products would have been. */
    @Test
    void projectionsAreSignedSumsOfTheProduct() {
        for (Precision precision : List.of(Precision.BF16, Precision.FP8_E4M3)) {
            GemmShape shape = GemmShape.grouped(9, N, 128, 3, 2);
            OperandSet operands = OperandSet.generate(new GemmProblem(shape, precision), Distribution.NORMAL, 1);
            GemmOracle oracle = new GemmOracle(shape, operands);
            Projections projections = Projections.empty(5, oracle.rows(), N);
            ProjectedWeights weights = new ProjectedWeights(oracle, 5);
            for (int expert = 0; expert < 3; expert++) {
                int[] rows = oracle.rowsOf(expert).toArray();
                weights.project(expert, rows, projections);
                for (int row : rows) {
                    assertTiles(oracle, expert, row, projections);
                }
            }
        }
    }

    private static void assertTiles(GemmOracle oracle, int expert, int row, Projections projections) {
        double[] sums = new double[N];
        double[] squares = new double[N];
        oracle.cross(expert, new int[] {row}, IntStream.range(0, N).toArray(), (r, c, sum, abs, square) -> {
            sums[c] = sum;
            squares[c] = square;
        });
        assertEquals(3, projections.tiles());
        for (int tile = 0; tile < 3; tile++) {
            int[] cols =
                    IntStream.range(tile * 128, Math.min(N, tile * 128 + 128)).toArray();
            for (int p = 0; p < Projections.COUNT; p++) {
                float[] signs = projections.signs(p);
                double direct =
                        IntStream.of(cols).mapToDouble(c -> signs[c] * sums[c]).sum();
                assertEquals(direct, projections.sum(row, tile, p), 1e-9);
            }
            double direct =
                    Math.sqrt(IntStream.of(cols).mapToDouble(c -> squares[c]).sum());
            assertEquals(direct, projections.rootSquares(row, tile), 1e-9 * direct);
        }
    }

    @Test
    void signsAreFairAndIndependent() {
        float[] first = Projections.signs(1, 0, 10_000);
        float[] second = Projections.signs(1, 1, 10_000);
        double sum = 0;
        double product = 0;
        for (int i = 0; i < first.length; i++) {
            assertEquals(1, Math.abs(first[i]));
            sum += first[i];
            product += first[i] * second[i];
        }
        assertTrue(Math.abs(sum) < 400 && Math.abs(product) < 400, sum + " " + product);
    }
}
