package dev.ridgepoint.analysis.serve;

import dev.ridgepoint.kernels.workload.PassLabel;
import dev.ridgepoint.kernels.workload.Phase;
import java.util.List;

/**
 * One trip of tokens through a model, as the sum of its kernels' measured times, one after the other. What is missing from
 * the sum only makes a step longer, so the rate is an upper bound.
 *
 * @param model catalogue name
 * @param pass its label, {@code decode_b1_kv2048}
 * @param phase {@code DECODE}, {@code PREFILL}, {@code CHUNKED_PREFILL} or {@code ENCODE}
 * @param batch sequences
 * @param length keys a sequence: cached ones in decode, those before a chunk and of it, else tokens of a prompt or text
 * @param linear precision of products with weights
 * @param attention precision of attention and of products without weights
 * @param parts what was measured, in the model's order
 * @param missing what was not, as {@code role x layers}
 */
public record ComposedStep(
        String model,
        String pass,
        Phase phase,
        long batch,
        long length,
        String linear,
        String attention,
        List<Part> parts,
        List<String> missing) {

    /** What a rate of such a step is called wherever it stands. */
    public static final String LABEL = "kernel upper bound";

    public ComposedStep {
        parts = List.copyOf(parts);
        missing = List.copyOf(missing);
    }

    /**
     * The measured kernel of a role.
     *
     * @param role layer
     * @param times layers that run it
     * @param caseId the case its time is from
     * @param kernel who answered
     * @param chosenOf how many kernels of the same run answered, of which it was the fastest
     * @param ns steady time of a call
     * @param lowNs lower bound of its interval, null under 2 forks
     * @param highNs upper bound
     * @param error relative error a user sees: of storing the operands and of the arithmetic
     */
    public record Part(
            String role,
            long times,
            String caseId,
            String kernel,
            int chosenOf,
            double ns,
            Double lowNs,
            Double highNs,
            double error) {}

    /** Whether every role was measured. */
    public boolean complete() {
        return missing.isEmpty();
    }

    /** Time of all kernels measured. */
    public double ns() {
        return parts.stream().mapToDouble(part -> part.times() * part.ns()).sum();
    }

    /** As if all kernels were at the lower ends of their intervals at once; null where one has no interval. */
    public Double lowNs() {
        return bound(Part::lowNs);
    }

    /** As if all kernels were at the upper ends at once. */
    public Double highNs() {
        return bound(Part::highNs);
    }

    private Double bound(java.util.function.Function<Part, Double> end) {
        double sum = 0;
        for (Part part : parts) {
            if (end.apply(part) == null) {
                return null;
            }
            sum += part.times() * end.apply(part);
        }
        return sum;
    }

    /** Tokens that pass: one a sequence in decode, those of a chunk, else whole prompts and texts. */
    public long tokens() {
        return PassLabel.parse(pass).rows();
    }

    /** The upper bound. */
    public double tokensPerSecond() {
        return tokens() * 1e9 / ns();
    }

    /** The largest error of a kernel; how errors of layers add up to a model's is not told by kernels. */
    public double worstError() {
        return parts.stream().mapToDouble(Part::error).max().orElse(0);
    }

    /** {@code bf16}, or {@code w4a16_g128 + bf16 attention}. */
    public String precision() {
        return linear.equals(attention) ? linear : linear + " + " + attention + " attention";
    }
}
