package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.shape.Problem;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Several floating-point outputs, each with its own expectation; right only if all are. */
record OutputsExpectation(List<ToleranceExpectation> outputs) implements Expectation {
    OutputsExpectation {
        outputs = List.copyOf(outputs);
    }

    @Override
    public Verdict check(OutputReader reader) {
        List<Verdict> verdicts =
                outputs.stream().map(output -> output.check(reader)).toList();
        // They are one set: to speak of two outputs is not to speak of two sets.
        return verdicts.stream()
                .reduce(Verdict::and)
                .orElseThrow()
                .of(verdicts.get(0).buffers());
    }

    @Override
    public void write(DataOutput target) throws IOException {
        target.writeInt(outputs.size());
        for (ToleranceExpectation output : outputs) {
            output.write(target);
        }
    }

    static OutputsExpectation read(DataInput source, Problem problem) throws IOException {
        List<ToleranceExpectation> outputs = new ArrayList<>();
        int count = source.readInt();
        for (int i = 0; i < count; i++) {
            outputs.add(ToleranceExpectation.read(source, problem));
        }
        return new OutputsExpectation(outputs);
    }
}
