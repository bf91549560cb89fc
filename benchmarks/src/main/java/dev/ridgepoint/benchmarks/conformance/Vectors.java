package dev.ridgepoint.benchmarks.conformance;

import dev.ridgepoint.benchmarks.gate.DirectedProblems;
import dev.ridgepoint.benchmarks.plan.Refusals;
import dev.ridgepoint.device.conformance.KernelVector;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.device.conformance.opcodes.OpcodeVectors;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.List;

/** Everything that is recorded and replayed. */
public final class Vectors {
    private Vectors() {}

    /** Single instructions, then each kernel of the catalogue on the directed problems it is meant for. */
    public static List<TestVector> all() {
        List<TestVector> vectors = new ArrayList<>(OpcodeVectors.all());
        vectors.addAll(kernels());
        return vectors;
    }

    /** The kernels of the catalogue alone. */
    public static List<KernelVector> kernels() {
        List<Problem> problems = DirectedProblems.all();
        List<KernelVector> vectors = new ArrayList<>();
        for (CudaRow kernel : CudaKernels.rows()) {
            problems.stream()
                    .filter(problem -> Refusals.isMeantFor(kernel, problem))
                    .forEach(problem -> vectors.add(new KernelVector(kernel, problem)));
        }
        return vectors;
    }
}
