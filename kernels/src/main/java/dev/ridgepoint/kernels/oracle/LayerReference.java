package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.oracle.Sample.RowClass;
import dev.ridgepoint.kernels.precision.LayerTolerance;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.LayerProblem;
import dev.ridgepoint.kernels.shape.LayerShape;
import dev.ridgepoint.kernels.shape.PointwiseFunction;
import dev.ridgepoint.kernels.shape.RowFunction;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A layer as its formulas stand, in double from the stored inputs to y with nothing rounded between. It knows nothing of steps and
 * buffers, so that what is wired wrongly in both a kernel and the list of steps is found here.
 */
final class LayerReference {
    /** Multiply-adds it may take. */
    private static final long BUDGET = 1L << 30;

    private final LayerShape layer;
    private final AttentionShape shape;
    private final OperandSet operands;
    private final List<Sequence> sequences;
    private final int headDim;
    /** Where earlier tokens lie; none where nothing is cached. */
    private final Slots slots;

    private final DecodedMatrix kCache;
    private final DecodedMatrix vCache;

    private LayerReference(LayerProblem problem, OperandSet operands) {
        layer = problem.shape();
        shape = layer.attention();
        this.operands = operands;
        sequences = Sequence.of(shape, operands);
        headDim = Math.toIntExact(shape.headDim());
        slots = layer.cached() ? Slots.of(shape, operands, sequences.size()) : null;
        kCache = layer.cached() ? DecodedMatrix.of(operands, "kCache") : null;
        vCache = layer.cached() ? DecodedMatrix.of(operands, "vCache") : null;
    }

    /** y of the rows the budget affords, the last token among them; null where it affords none. */
    static ToleranceExpectation expect(LayerProblem problem, OperandSet operands) {
        return expect(problem, operands, BUDGET);
    }

    /** The same within another budget of multiply-adds. */
    static ToleranceExpectation expect(LayerProblem problem, OperandSet operands, long budget) {
        LayerShape layer = problem.shape();
        long keys = layer.tokens()
                * layer.hidden()
                * 2
                * layer.attention().kvHeads()
                * layer.attention().headDim();
        long longest = layer.attention().sequences().stream()
                .mapToLong(AttentionShape.Segment::seqLenKv)
                .max()
                .orElseThrow();
        long width = layer.attention().qHeads() * layer.attention().headDim();
        long row = layer.hidden() * (2 * width + 3 * layer.ffn()) + 2 * longest * width;
        long affordable = (budget - keys) / row;
        if (affordable < 1) {
            return null;
        }
        int rows = Math.toIntExact(layer.tokens());
        int cols = Math.toIntExact(layer.hidden());
        Sample sample = affordable >= rows
                ? Sample.everything(rows, cols)
                : Sample.rows(rows, cols, affordable * cols, operands.seed());
        ToleranceValues values = new ToleranceValues(Math.toIntExact(sample.count()), operands.tolerance());
        new LayerReference(problem, operands).fill(sample, values);
        return values.expect("y", problem.precision().output(), sample);
    }

    private void fill(Sample sample, ToleranceValues values) {
        int[] tokens = IntStream.range(0, sample.rows())
                .filter(row -> sample.classOf(row) == RowClass.ALL)
                .toArray();
        double[][] x = rows("x", tokens);
        double[][] q = product(entering(x), "wq");
        double[][] everything =
                entering(rows("x", IntStream.range(0, sample.rows()).toArray()));
        double[][] k = product(everything, "wk");
        double[][] v = product(everything, "wv");
        turn(q, tokens, (int) shape.qHeads());
        turn(k, IntStream.range(0, k.length).toArray(), (int) shape.kvHeads());
        double[] largestScores = new double[tokens.length];
        double[][] attended = new double[tokens.length][];
        for (int i = 0; i < tokens.length; i++) {
            attended[i] = attend(q[i], tokens[i], k, v, largestScores, i);
        }
        double[][] between = sum(x, product(attended, "wo"));
        double[][] y;
        if (layer.normFirst()) {
            y = sum(between, think(norm(between, 2)));
        } else {
            between = norm(between, 1);
            y = norm(sum(between, think(between)), 2);
        }
        for (int i = 0; i < y.length; i++) {
            double rms = Math.sqrt(Arrays.stream(y[i]).map(e -> e * e).average().orElseThrow());
            for (double element : y[i]) {
                values.add(element, LayerTolerance.sensitivity(rms, largestScores[i]));
            }
        }
    }

    private double[][] entering(double[][] x) {
        return layer.normFirst() ? norm(x, 1) : x;
    }

    private double[][] rows(String name, int[] rows) {
        DecodedMatrix matrix = DecodedMatrix.of(operands, name);
        double[][] all = new double[rows.length][matrix.cols()];
        for (int i = 0; i < rows.length; i++) {
            matrix.rows(0, rows[i], 1, all[i], 0);
        }
        return all;
    }

    /** Every row by every row of a weight. */
    private double[][] product(double[][] a, String weight) {
        DecodedMatrix w = DecodedMatrix.of(operands, weight);
        double[][] c = new double[a.length][w.rows()];
        for (int n = 0; n < w.rows(); n++) {
            float[] channel = w.rows(0, n, 1);
            for (int m = 0; m < a.length; m++) {
                double sum = 0;
                for (int i = 0; i < channel.length; i++) {
                    sum += a[m][i] * channel[i];
                }
                c[m][n] = sum;
            }
        }
        return c;
    }

    private double[][] norm(double[][] x, int which) {
        double[] w = rows("w" + which, new int[] {0})[0];
        boolean centres = layer.norm() == RowFunction.LAYERNORM;
        double[] b = centres ? rows("b" + which, new int[] {0})[0] : new double[w.length];
        double[][] y = new double[x.length][w.length];
        for (int row = 0; row < x.length; row++) {
            double mean = centres ? Arrays.stream(x[row]).average().orElseThrow() : 0;
            double squares = 0;
            for (double value : x[row]) {
                squares += (value - mean) * (value - mean);
            }
            double scale = 1 / Math.sqrt(squares / w.length + RowFunction.EPSILON);
            for (int i = 0; i < w.length; i++) {
                y[row][i] = (x[row][i] - mean) * scale * w[i] + b[i];
            }
        }
        return y;
    }

    private void turn(double[][] rows, int[] tokens, int heads) {
        int pairs = headDim / 2;
        switch (layer.rotary()) {
            case NONE -> {}
            case HALF -> turn(rows, tokens, heads, pairs, 1, pairs);
            case INTERLEAVED -> turn(rows, tokens, heads, pairs, 2, 1);
        }
    }

    /** Pair i is elements {@code i * stride} and {@code i * stride + apart} of a head, as one complex number. */
    private void turn(double[][] rows, int[] tokens, int heads, int pairs, int stride, int apart) {
        IntBuffer positions = operands.input("positions").asIntBuffer();
        FloatBuffer table = operands.input("cosSin").asFloatBuffer();
        for (int i = 0; i < tokens.length; i++) {
            int angles = positions.get(tokens[i]) * headDim;
            for (int head = 0; head < heads; head++) {
                for (int pair = 0; pair < pairs; pair++) {
                    double cos = table.get(angles + pair);
                    double sin = table.get(angles + pairs + pair);
                    int real = head * headDim + pair * stride;
                    double x = rows[i][real];
                    double y = rows[i][real + apart];
                    rows[i][real] = x * cos - y * sin;
                    rows[i][real + apart] = x * sin + y * cos;
                }
            }
        }
    }

    private double[] attend(double[] q, int token, double[][] k, double[][] v, double[] largestScores, int nth) {
        Sequence sequence = sequences.stream()
                .filter(s -> token >= s.firstQuery() && token < s.firstQuery() + s.queries())
                .findFirst()
                .orElseThrow();
        Visibility visibility = new Visibility(shape.mask(), shape.window(), null);
        int query = token - sequence.firstQuery();
        int old = sequence.keys() - sequence.queries();
        List<double[]> keys = new ArrayList<>();
        List<double[]> values = new ArrayList<>();
        for (int key = 0; key < sequence.keys(); key++) {
            if (visibility.sees(query, sequence.queries(), key, sequence.keys())) {
                keys.add(key < old ? earlier(kCache, sequence, key) : k[sequence.firstQuery() + key - old]);
                values.add(key < old ? earlier(vCache, sequence, key) : v[sequence.firstQuery() + key - old]);
            }
        }
        double[] o = new double[q.length];
        int group = (int) shape.groupSize();
        for (int head = 0; head < shape.qHeads(); head++) {
            int from = head / group * headDim;
            double[] scores = new double[keys.size()];
            for (int key = 0; key < scores.length; key++) {
                for (int d = 0; d < headDim; d++) {
                    scores[key] += q[head * headDim + d] * keys.get(key)[from + d];
                }
                scores[key] /= Math.sqrt(headDim);
                largestScores[nth] = Math.max(largestScores[nth], Math.abs(scores[key]));
            }
            Softmax.inPlace(scores, scores.length);
            for (int key = 0; key < scores.length; key++) {
                for (int d = 0; d < headDim; d++) {
                    o[head * headDim + d] += scores[key] * values.get(key)[from + d];
                }
            }
        }
        return o;
    }

    /** All heads of an earlier token. */
    private double[] earlier(DecodedMatrix cache, Sequence sequence, int key) {
        long slot = slots.of(sequence, key);
        int heads = (int) shape.kvHeads();
        double[] all = new double[heads * headDim];
        cache.rows(0, Math.toIntExact(slot * heads), heads, all, 0);
        return all;
    }

    private double[][] think(double[][] x) {
        double[][] up = product(x, "wUp");
        int width = Math.toIntExact(layer.ffn());
        double[][] activated = new double[x.length][width];
        for (int row = 0; row < x.length; row++) {
            for (int i = 0; i < width; i++) {
                double branch = up[row][i];
                activated[row][i] = layer.activation() == PointwiseFunction.GELU
                        ? branch * Gauss.upTo(branch)
                        : branch / (1 + Math.exp(-branch)) * up[row][width + i];
            }
        }
        return product(activated, "wDown");
    }

    private static double[][] sum(double[][] left, double[][] right) {
        double[][] sum = new double[left.length][];
        for (int row = 0; row < left.length; row++) {
            double[] other = right[row];
            double[] mine = left[row];
            sum[row] = IntStream.range(0, mine.length)
                    .mapToDouble(i -> mine[i] + other[i])
                    .toArray();
        }
        return sum;
    }
}
