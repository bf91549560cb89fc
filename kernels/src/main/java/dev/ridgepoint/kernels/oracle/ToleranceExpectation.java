package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.FloatCodec;
import dev.ridgepoint.kernels.precision.Tolerance;
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

    private final Output output;
    private final Tolerance tolerance;
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
    }

    /** {@code projections} may be null. */
    ToleranceExpectation(Output output, Tolerance tolerance, ExpectedElements elements, Projections projections) {
        this.output = output;
        this.tolerance = tolerance;
        this.elements = elements;
        this.projections = projections;
    }

    @Override
    public Verdict check(OutputReader outputs) {
        Sample sample = elements.sample();
        ErrorTally tally = new ErrorTally();
        ProjectionCheck projected = projections == null ? null : new ProjectionCheck(projections, tolerance);
        int bytesOfRow = sample.cols() * output.type().bits() / 8;
        int rowsOfChunk = Math.max(1, Math.min(CHUNK_BYTES / bytesOfRow, sample.rows()));
        ByteBuffer chunk = ByteBuffer.allocateDirect(Math.multiplyExact(rowsOfChunk, bytesOfRow));
        float[] got = new float[sample.cols()];
        for (int first = 0; first < sample.rows(); first += rowsOfChunk) {
            int rows = Math.min(rowsOfChunk, sample.rows() - first);
            chunk.clear().limit(rows * bytesOfRow);
            outputs.read(output.name(), (long) first * bytesOfRow, chunk);
            chunk.clear();
            for (int row = first; row < first + rows; row++) {
                FloatCodec.decode(output.type(), chunk, got, 0, got.length);
                checkRow(row, got, tally, projected);
            }
        }
        return verdict(tally, projected);
    }

    private void checkRow(int row, float[] got, ErrorTally tally, ProjectionCheck projected) {
        Sample sample = elements.sample();
        int[] cols = sample.colsOf(row);
        for (int nth = 0; nth < cols.length; nth++) {
            double expected = elements.value(row, nth);
            float allowed = elements.allowed(row, nth);
            double value = overflows(expected, allowed, got[cols[nth]]) ? expected : got[cols[nth]];
            tally.compare(expected, allowed, value, output, row, cols[nth]);
        }
        if (cols.length == got.length) {
            return;
        }
        for (int col = 0; col < got.length; col++) {
            if (!Float.isFinite(got[col]) && (projected == null || projected.finite(row, col))) {
                tally.nonFinite(got[col], output, row, col);
            }
        }
        if (projected != null) {
            projected.row(row, got);
        }
    }

    /** Whether an infinity is the rounding of a number beyond the output type's largest. */
    private boolean overflows(double expected, double allowed, float got) {
        return Float.isInfinite(got)
                && Math.signum(expected) == Math.signum(got)
                && Math.abs(expected) + allowed >= FloatCodec.maxFinite(output.type());
    }

    private Verdict verdict(ErrorTally tally, ProjectionCheck projected) {
        Sample sample = elements.sample();
        if (sample.isEverything()) {
            return tally.verdict("full", tolerance.source(), 0, 0);
        }
        if (projected != null) {
            double size = elements.rms();
            double missed = projected.missProbability(projected.finish(tally, output), size);
            return tally.verdict("boundary+rows+projections", tolerance.source(), missed, size);
        }
        double unseen = 1 - sample.count() / ((double) sample.rows() * sample.cols());
        return tally.verdict("boundary+rows", tolerance.source(), unseen, 0);
    }

    @Override
    public void write(DataOutput target) throws IOException {
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

    static ToleranceExpectation read(DataInput source, Tolerance tolerance) throws IOException {
        Output output = new Output(source.readUTF(), DType.parse(source.readUTF()), source.readInt());
        Sample sample = Sample.ofClasses(source.readInt(), ArrayData.readBytes(source));
        ExpectedElements elements =
                ExpectedElements.of(sample, ArrayData.readDoubles(source), ArrayData.readFloats(source));
        Projections projections = source.readBoolean() ? Projections.read(source) : null;
        return new ToleranceExpectation(output, tolerance, elements, projections);
    }
}
