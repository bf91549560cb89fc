package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.benchmarks.plan.Target;
import dev.ridgepoint.kernels.workload.AxisSweep;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Query;
import dev.ridgepoint.kernels.workload.ShapesFile;
import dev.ridgepoint.kernels.workload.Suites;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Which cases are meant. */
final class SelectionOptions {
    private static final String CUSTOM = "custom";

    @ArgGroup
    private Source source = new Source();

    @Option(
            names = "--op",
            paramLabel = "GLOB",
            description = "Only gemm, attention, quantize, dequantize, softmax, ..., lstm_cell, layer; a|b is or.")
    private String op = "*";

    @Option(names = "--model", paramLabel = "GLOB", description = "Only these models, as in llama-3*|mixtral*.")
    private String model = "*";

    @Option(names = "--phase", paramLabel = "GLOB", description = "Only encode, prefill, chunk, decode, verify, ...")
    private String phase = "*";

    /** The word has two meanings in this trade; no precision's name ends with a percent sign. */
    @Option(
            names = "--precision",
            paramLabel = "GLOB|PERCENT",
            description =
                    "Only these precisions, as in bf16|w4a16_g128; of a percentage such as 2%%: the same as --aim.")
    private List<String> precisions = List.of();

    /** Where cases come from: one of these. */
    private static final class Source {
        @Option(
                names = "--suite",
                paramLabel = "NAME",
                description =
                        "smoke (< 1 minute, on a GPU about 2), quick (< 5, the default), core (on a GPU about 20),"
                                + " full, or on a GPU targets (about 8).")
        private String suite = "quick";

        @Option(names = "--shapes", paramLabel = "FILE", description = "Own shapes, from a JSON file.")
        private Path shapes;

        @Option(names = "--sweep", paramLabel = "AXES", description = "Own shapes, from axes.")
        private String sweep;
    }

    /** Name of the suite, or {@code custom}. */
    String suite() {
        return source.shapes == null && source.sweep == null ? source.suite : CUSTOM;
    }

    /** How narrow intervals are to be, where {@code --precision} says it; else null. */
    Double aim() {
        List<String> aims =
                precisions.stream().filter(SelectionOptions::isPercentage).toList();
        if (aims.size() > 1) {
            throw UserError.refused("--precision: two percentages, " + String.join(" and ", aims));
        }
        return aims.isEmpty() ? null : new PercentConverter().convert(aims.get(0));
    }

    private static boolean isPercentage(String precision) {
        return precision.endsWith("%");
    }

    private String precision() {
        List<String> globs =
                precisions.stream().filter(one -> !isPercentage(one)).toList();
        return globs.isEmpty() ? "*" : String.join("|", globs);
    }

    /** The workloads, at least one. */
    List<Workload> workloads(Target target) throws IOException {
        Query query = Query.ALL.withOp(op).withModel(model).withPhase(phase).withPrecision(precision());
        List<Workload> all = all(query, target);
        List<Workload> wanted = all.stream().filter(query::matches).toList();
        if (wanted.isEmpty()) {
            throw UserError.refused("no case of " + what() + " matches " + query
                    + "; see 'ridgepoint list --suite full' for what there is");
        }
        return wanted;
    }

    private List<Workload> all(Query query, Target target) throws IOException {
        if (source.shapes != null) {
            return ShapesFile.read(source.shapes);
        }
        if (source.sweep != null) {
            return AxisSweep.parse(source.sweep);
        }
        // Refuses names that the catalogue does not have, which a filter over one suite could not tell apart.
        Catalogue.load().stream(query).close();
        // What is only played is played by the CPU, and takes what a CPU can do.
        return Suites.of(source.suite, target.cuda() && !target.simulated() ? "cuda" : "cpu");
    }

    private String what() {
        return source.shapes != null
                ? source.shapes.toString()
                : source.sweep != null ? "the sweep" : "suite " + source.suite;
    }
}
