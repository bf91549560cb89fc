package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.analysis.report.WholeFile;
import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.cuda.adopt.Adoption;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.ShapesFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** What a kernel from outside is, and how it is launched. */
final class AdoptOptions {
    /** A descriptor or a shapes file; what is larger is neither. */
    private static final long MOST_BYTES = 1 << 20;

    @Option(names = "--entry", paramLabel = "SYMBOL", description = "The entry point, as the image names it.")
    private String entry;

    @Option(
            names = "--problem",
            paramLabel = "FILE",
            description = "What it solves: one shape or several, as for run --shapes.")
    private Path problem;

    @Option(
            names = "--args",
            paramLabel = "ORDER",
            split = ",",
            description =
                    "What it is handed, in order: buffers and extents of the problem by name, f32:0.5, i64:m*k, null"
                            + " (default: all buffers, then the extents, as in a,b,c,m,n,k).")
    private List<String> args;

    @Option(
            names = "--grid",
            paramLabel = "X[,Y[,Z]]",
            description = "Blocks, as in ceil(n/16),ceil(m/16) (default: a thread an element of the output).")
    private String grid;

    @Option(names = "--block", paramLabel = "X[,Y[,Z]]", description = "Threads of a block (default 256).")
    private String block;

    @Option(names = "--shared", paramLabel = "BYTES", description = "Dynamic shared memory of a block (default 0).")
    private String shared;

    @Option(
            names = "--scratch",
            paramLabel = "NAME=BYTES",
            description = "A buffer of its own, which --args may name; its content is undefined.")
    private Map<String, String> scratch = new LinkedHashMap<>();

    @Option(names = "--any-shape", description = "It takes every extent: verify it on the small, difficult shapes too.")
    private boolean anyShape;

    @Option(
            names = "--descriptor",
            paramLabel = "FILE",
            description = "Where its descriptor is written (default: IMAGE.SYMBOL.json).")
    private Path descriptor;

    /**
     * The descriptor of an image, written and held against it; of a descriptor, itself.
     *
     * @throws IllegalArgumentException in one line, for whatever does not fit
     */
    Path of(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        if (content.length > 0 && content[0] == '{') {
            if (entry != null || problem != null) {
                throw UserError.refused(file + ": a descriptor says everything already; give it alone");
            }
            return file;
        }
        require(entry, "--entry");
        require(problem, "--problem");
        Path to = descriptor == null ? file.resolveSibling(file.getFileName() + "." + entry + ".json") : descriptor;
        Adoption adoption = adoption(file, content, to.toAbsolutePath().getParent());
        new AdoptedKernel(adoption, content);
        if (Files.exists(to)) {
            Adoption.read(to); // Whatever else may lie there is not ours to overwrite.
        }
        WholeFile.write(to, adoption.text());
        return to;
    }

    private Adoption adoption(Path image, byte[] content, Path folder) throws IOException {
        Problem first = ShapesFile.read(problem).get(0).problem();
        String threads = block == null ? "256" : block;
        return new Adoption(
                entry,
                folder.relativize(image.toAbsolutePath()).toString(),
                AdoptedKernel.sha256(content),
                problems(),
                anyShape,
                args == null ? AdoptedKernel.usualArguments(first) : args,
                grid == null ? AdoptedKernel.usualGrid(first, threads) : grid,
                threads,
                shared == null ? "0" : shared,
                scratch);
    }

    private JsonNode problems() throws IOException {
        if (Files.size(problem) > MOST_BYTES) {
            throw UserError.refused("--problem: " + problem + " is larger than a descriptor may be, 1 MiB");
        }
        return new JsonMapper().readTree(problem.toFile());
    }

    private static void require(Object given, String option) {
        if (given == null) {
            throw UserError.refused(option + ": missing; see 'ridgepoint adopt --help'");
        }
    }
}
