package dev.ridgepoint.kernels.oracle;

import java.io.DataOutput;
import java.io.IOException;

/** What the oracle knows of a problem's outputs. */
sealed interface Expectation permits ToleranceExpectation, ExactExpectation, OutputsExpectation, LayerExpectation {
    Verdict check(OutputReader outputs);

    void write(DataOutput target) throws IOException;
}
