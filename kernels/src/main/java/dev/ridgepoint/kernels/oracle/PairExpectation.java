package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.shape.Problem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** Two outputs of one problem, both of which must be right. */
record PairExpectation(ToleranceExpectation first, ToleranceExpectation second) implements Expectation {
    @Override
    public Verdict check(OutputReader outputs) {
        Verdict verdict = first.check(outputs);
        return verdict.and(second.check(outputs)).of(verdict.buffers());
    }

    @Override
    public void write(DataOutput target) throws IOException {
        first.write(target);
        second.write(target);
    }

    static PairExpectation read(DataInput source, Problem problem) throws IOException {
        return new PairExpectation(
                ToleranceExpectation.read(source, problem), ToleranceExpectation.read(source, problem));
    }
}
