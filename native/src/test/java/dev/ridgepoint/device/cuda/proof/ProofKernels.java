package dev.ridgepoint.device.cuda.proof;

import dev.ridgepoint.device.cuda.DriverLibrary;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.jcuda.JcudaDriver;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/**
 * A program that runs whole kernels through a binding and compares each with an oracle in double. Its first argument is
 * the binding, its second the folder of the kernels' PTX.
 */
final class ProofKernels {
    /** What is proved, by which module, and how. */
    record Proof(String name, String ptx, Consumer<Stage> play) {}

    static final List<Proof> ALL = List.of(
            new Proof("vector add", "basic.80", PlainProofs::vectorAdd),
            new Proof("ragged tiled SGEMM", "basic.80", PlainProofs::tiledSgemm),
            new Proof("shuffle softmax", "basic.80", PlainProofs::softmax),
            new Proof("bf16 GEMM by mma, ldmatrix and cp.async", "matrix.80", MatrixProofs::gemm),
            new Proof("flash attention", "matrix.80", MatrixProofs::wholeAttention),
            new Proof("flash attention, ragged", "matrix.80", MatrixProofs::raggedAttention),
            new Proof("flash attention, causal", "matrix.80", MatrixProofs::causalAttention),
            new Proof("fp8 quantise", "quantised.80", QuantisedProofs::quantise),
            new Proof("int4 GEMV", "quantised.80", QuantisedProofs::gemv),
            new Proof("split-K by atomics", "basic.80", PlainProofs::splitKSum),
            new Proof("split-K GEMM by tickets, replayed", "split_k.80", PlainProofs::splitKGemm),
            new Proof("cooperative reduction", "cooperative.80", PlainProofs::gridSum),
            new Proof("graph replay", "replay.80", PlainProofs::graphReplay),
            new Proof("pipeline of bulk copies", "pipeline.90a", PlainProofs::pipeline));

    private ProofKernels() {}

    public static void main(String[] args) throws Exception {
        String library = DriverLibrary.choose().path();
        Driver driver = args[0].equals("jni") ? JniDriver.open(library) : JcudaDriver.open(library);
        try (DriverContext context = driver.device(0).open()) {
            for (Proof proof : ALL) {
                try (Stage stage = new Stage(context, Path.of(args[1], proof.ptx() + ".ptx"))) {
                    proof.play().accept(stage);
                    System.out.println(proof.name() + ": right");
                } catch (AssertionError e) {
                    System.out.println(proof.name() + ": " + e.getMessage());
                }
            }
        }
    }
}
