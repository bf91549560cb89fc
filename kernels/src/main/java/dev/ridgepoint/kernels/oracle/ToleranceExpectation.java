package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.AttentionProblem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * One floating-point output [rows, cols]: a sample compared element by element, all of it looked through for NaN and
 * infinities, and, if there are projections, every tile of every row compared in sum.
 */
final class ToleranceExpectation implements Expectation {
    private static final int CHUNK_BYTES = 1 << 20;
    /** How much larger an element may be than those that were computed, and than the root of the sum of its squares. */
    private static final float OVERFLOW_MARGIN = 8;

    /** The output that has a tolerance of its own. */
    static final String LSE = "lse";

    private final Output output;
    private final ScoreTolerance tolerance;
    private final ExpectedElements elements;
    private final Projections projections;

    /**
     * The output operand.
     *
     * @param rowsPerToken rows that belong to one token: heads or experts chosen, else 1
     */
    record Output(String name, DType type, int rowsPerToken) implements ErrorTally.Place {
        @Override
        public String of(long row, int col) {
            String words = rowsPerToken == 1 ? "" + row : row / rowsPerToken + ", " + row % rowsPerToken;
            return name + "[" + words + ", " + col + "]";
        }

        void compare(double expected, double allowed, float got, int row, int col, ErrorTally tally) {
            tally.compare(expected, allowed, overflows(expected, allowed, got) ? expected : got, this, row, col);
        }

        /** Whether an infinity is the rounding of a number beyond the output type's largest. */
        private boolean overflows(double expected, double allowed, float got) {
            return Float.isInfinite(got)
                    && Math.signum(expected) == Math.signum(got)
                    && Math.abs(expected) + allowed >= FloatCodec.maxFinite(type);
        }
    }

    /** {@code projections} may be null. */
    ToleranceExpectation(Output output, ScoreTolerance tolerance, ExpectedElements elements, Projections projections) {
        this.output = output;
        this.tolerance = tolerance;
        this.elements = elements;
        this.projections = projections;
    }

    Output output() {
        return output;
    }

    ExpectedElements elements() {
        return elements;
    }

    @Override
    public Verdict check(OutputReader outputs) {
        if (!elements.sample().isEverything()) {
            ReferenceRows reference = outputs.reference(output.name()).orElse(null);
            if (reference != null) {
                return check(outputs, reference);
            }
        }
        Walk walk = new Walk();
        eachRow(outputs, (first, rows) -> {}, walk::row);
        return walk.verdict();
    }

    private Verdict check(OutputReader outputs, ReferenceRows reference) {
        ErrorTally tally = new ErrorTally();
        try (ReferenceCheck check = new ReferenceCheck(reference, output, tolerance, elements, rowsOfChunk())) {
            eachRow(outputs, check::turnTo, (row, got) -> check.row(row, got, tally));
        }
        return tally.verdict(ReferenceCheck.METHOD, tolerance.usual().source(), 0, 0);
    }

    /** Rows that are read together. */
    private interface Chunk {
        void begins(int first, int rows);
    }

    private interface Row {
        void is(int row, float[] got);
    }

    private int bytesOfRow() {
        return elements.sample().cols() * output.type().bits() / 8;
    }

    private int rowsOfChunk() {
        return Math.max(
                1, Math.min(CHUNK_BYTES / bytesOfRow(), elements.sample().rows()));
    }

    private void eachRow(OutputReader outputs, Chunk chunks, Row each) {
        Sample sample = elements.sample();
        int bytesOfRow = bytesOfRow();
        int rowsOfChunk = rowsOfChunk();
        ByteBuffer chunk = ByteBuffer.allocateDirect(Math.multiplyExact(rowsOfChunk, bytesOfRow));
        float[] got = new float[sample.cols()];
        for (int first = 0; first < sample.rows(); first += rowsOfChunk) {
            int rows = Math.min(rowsOfChunk, sample.rows() - first);
            chunk.clear().limit(rows * bytesOfRow);
            outputs.read(output.name(), (long) first * bytesOfRow, chunk);
            chunk.rewind();
            chunks.begins(first, rows);
            for (int row = first; row < first + rows; row++) {
                FloatCodec.decode(output.type(), chunk, got, 0, got.length);
                each.is(row, got);
            }
        }
    }

    /** One walk through the rows of an output. */
    private final class Walk {
        private final Sample sample = elements.sample();
        private final ErrorTally tally = new ErrorTally();
        private final ProjectionCheck projected =
                projections == null ? null : new ProjectionCheck(projections, tolerance.usual());
        private final double largest = elements.largest();

        void row(int row, float[] got) {
            int[] cols = sample.colsOf(row);
            int nth = 0;
            for (int col = 0; col < got.length; col++) {
                if (nth < cols.length && cols[nth] == col) {
                    compare(row, col, nth++, got[col]);
                } else if (!Float.isFinite(got[col]) && mustBeFinite(row, col)) {
                    tally.nonFinite(got[col], output, row, col);
                }
            }
            if (projected != null && cols.length < got.length) {
                projected.row(row, got);
            }
        }

        private void compare(int row, int col, int nth, float got) {
            output.compare(elements.value(row, nth), elements.allowed(row, nth), got, row, col, tally);
        }

        /** Unless its inputs are not finite or the type's range is in reach, an element not computed is finite. */
        private boolean mustBeFinite(int row, int col) {
            float reach = FloatCodec.maxFinite(output.type()) / OVERFLOW_MARGIN;
            return largest < reach && (projected == null || projected.rootSquares(row, col) < reach);
        }

        Verdict verdict() {
            if (sample.isEverything()) {
                return tally.verdict("full", tolerance.usual().source(), 0, 0);
            }
            if (projected != null) {
                double size = elements.rms();
                double missed = projected.missProbability(projected.finish(tally, output), size);
                return tally.verdict(
                        "boundary+rows+projections", tolerance.usual().source(), missed, size);
            }
            double unseen = 1 - sample.count() / ((double) sample.rows() * sample.cols());
            return tally.verdict("boundary+rows", tolerance.usual().source(), unseen, 0);
        }
    }

    @Override
    public void write(DataOutput target) throws IOException {
        target.writeBoolean(tolerance.usual().patterned());
        target.writeUTF(output.name());
        target.writeUTF(output.type().id());
        target.writeInt(output.rowsPerToken());
        target.writeInt(elements.sample().cols());
        ArrayData.write(target, elements.sample().classes());
        ArrayData.write(target, elements.values());
        ArrayData.write(target, elements.allowed());
        target.writeBoolean(projections != null);
        if (projections != null) {
            projections.write(target);
        }
    }

    static ToleranceExpectation read(DataInput source, Problem problem) throws IOException {
        boolean patterned = source.readBoolean();
        Output output = new Output(source.readUTF(), DType.parse(source.readUTF()), source.readInt());
        ScoreTolerance tolerance = tolerance(problem, output, patterned);
        Sample sample = Sample.ofClasses(source.readInt(), ArrayData.readBytes(source));
        ExpectedElements elements =
                ExpectedElements.of(sample, ArrayData.readDoubles(source), ArrayData.readFloats(source));
        Projections projections = source.readBoolean() ? Projections.read(source) : null;
        return new ToleranceExpectation(output, tolerance, elements, projections);
    }

    private static ScoreTolerance tolerance(Problem problem, Output output, boolean patterned) {
        if (output.name().equals(LSE) && problem instanceof AttentionProblem attention) {
            return ScoreTolerance.same(Tolerance.ofLse(attention, patterned));
        }
        Tolerance usual = patterned ? Tolerance.ofPatterns(problem) : Tolerance.of(problem);
        return problem instanceof AttentionProblem attention
                ? new ScoreTolerance(attention, usual)
                : ScoreTolerance.same(usual);
    }
}
