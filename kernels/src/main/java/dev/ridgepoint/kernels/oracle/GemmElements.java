package dev.ridgepoint.kernels.oracle;

import dev.ridgepoint.kernels.precision.EpilogueTolerance;
import dev.ridgepoint.kernels.precision.Tolerance;
import dev.ridgepoint.kernels.shape.Epilogue;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;

/** What elements of C should be, and how far off, from the sums they are made of: their bias is one of the terms. */
interface GemmElements {
    void set(ExpectedElements elements, int row, int nth, double sum, double absSum, double squares);

    static GemmElements of(GemmProblem problem, Tolerance tolerance) {
        Epilogue epilogue = problem.shape().epilogue();
        if (!epilogue.bends()) {
            return (elements, row, nth, sum, absSum, squares) ->
                    elements.set(row, nth, tolerance, sum, absSum, squares);
        }
        Activation f = Activation.of(epilogue);
        EpilogueTolerance after = EpilogueTolerance.of(problem, tolerance);
        return (elements, row, nth, sum, absSum, squares) -> {
            double error = ExpectedElements.distance(after.argument(), sum, absSum, squares);
            double value = f.of(sum);
            elements.set(row, nth, value, after.allowed(value, f.moved(sum, error), f.sensitivity(sum)));
        };
    }
}
