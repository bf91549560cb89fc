package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.KernelImage;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import dev.ridgepoint.kernels.operand.Distribution;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpec.Role;
import dev.ridgepoint.kernels.oracle.OutputReader;
import dev.ridgepoint.kernels.oracle.Verifier;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.GemmShape;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.shape.Problem.GemmProblem;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Records what the kernels of the catalogue that synchronise are launched with on small directed problems, and what must
 * come of it: the scenes in which the emulator's fault injection plays weakened copies of them. What is expected is what
 * the kernel gave here, which the oracle has found right. A JVM of its own, on the emulated driver.
 *
 * <p>Blocks go round again only on matrices far larger than these. So where a kernel is right with fewer blocks, that is a
 * scene too: what stands between two rounds of a block is for something there. And the largest tiles are taken where they fill the
 * device, so entry points with them are played as on a device of one SM.
 *
 * <p>A kernel {@code op/name} becomes {@code op_name.ptx} and {@code op_name.scene}, lines of words: {@code case ID};
 * {@code input NAME HEX}, {@code output NAME HEX} with what is expected, {@code scratch NAME BYTES}; {@code launch ENTRY},
 * then grid, block, shared bytes, and for each argument {@code @NAME} or {@code BYTES:BITS}.
 */
final class SceneRecorder {
    private static final long SEED = 1;
    /** The architecture that runs every kernel. */
    static final String ARCH = "120";

    /** What scenes of the same entry points may cost in operations of their problems: each is played thousands of times. */
    private static final double MOST_FLOPS = 2e6;
    /** What the one scene of entry points may cost that have no smaller; without one they are left out, and named. */
    private static final double MOST_FLOPS_OF_ONE = 3e7;

    /** Whose rows the largest tiles copy as a kernel does where they begin where 16 bytes do. */
    private static final GemmShape LARGEST_TILES = GemmShape.of(130, 131, 128);

    /** Heads text as nvcc writes it; a fatbin holds no comments. */
    private static final String COMPILER = "// Cuda compilation tools, release of the static report, V";

    /** Barriers of blocks, asynchronous copies, mbarriers, fences; atomics, by which blocks find out who is the last. */
    private static final Pattern SYNCHRONISES =
            Pattern.compile("(?m)^\\s*(?:@!?%p\\d+\\s+)?(?:bar|barrier|cp\\.async|mbarrier|membar|fence|atom|red)\\.");

    private final Device device;
    private final Path folder;

    private SceneRecorder(Device device, Path folder) {
        this.device = device;
        this.folder = folder;
    }

    /** Argument: the folder to record into. */
    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args[0]));
        try (Device device = Devices.open("jni")) {
            SceneRecorder recorder = new SceneRecorder(device, folder);
            for (CudaRow row : CudaKernels.rows()) {
                recorder.record(row);
            }
        }
    }

    private void record(CudaRow row) throws IOException {
        String ptx = ptx(row);
        if (!SYNCHRONISES.matcher(ptx).find()) {
            return;
        }
        String stem = row.id().replace('/', '_');
        Files.writeString(
                folder.resolve(stem + ".ptx"), COMPILER + KernelImage.compiler().orElseThrow() + "\n" + ptx);
        try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(folder.resolve(stem + ".scene")))) {
            for (List<Problem> problems : byEntries(row).values()) {
                for (Problem problem : cheapest(problems)) {
                    scene(row, problem, "")
                            .orElseThrow(() -> new AssertionError(row.id() + " is wrong on " + problem.id()))
                            .forEach(out::println);
                }
                for (FewerBlocks fewer : FewerBlocks.of(row)) {
                    largest(fewer, problems)
                            .flatMap(problem -> scene(fewer, problem, fewer.words()))
                            .ifPresent(lines -> lines.forEach(out::println));
                }
            }
            for (Problem problem : asForOneSm(row)) {
                scene((CudaRow) SmallestDevice.as(row, problem), problem, ", as for one SM")
                        .orElseThrow(() -> new AssertionError(row.id() + " is wrong on " + problem.id()))
                        .forEach(out::println);
            }
        }
    }

    /** Problems that bring an entry point which no cheap one brings on this device, the least of each first. */
    private List<Problem> asForOneSm(CudaRow row) {
        Set<List<String>> met = cheap(row)
                .map(problem -> entries(row.plan(problem, device.traits())))
                .collect(Collectors.toSet());
        Map<List<String>, Double> spent = new HashMap<>();
        return cheap(row)
                .filter(problem -> {
                    List<String> entries =
                            entries(row.plan(problem, device.traits().withUnits(1)));
                    return !met.contains(entries)
                            && spent.merge(entries, flops(problem), Double::sum) <= MOST_FLOPS_OF_ONE;
                })
                .toList();
    }

    /** The newest text there is for the architecture; the emulated driver takes the same. */
    private static String ptx(CudaRow row) {
        CudaArch arch = CudaArch.parse("sm_" + ARCH).orElseThrow();
        return Fatbin.parse(row.image().orElseThrow()).entries().stream()
                .filter(entry -> entry.kind() == Fatbin.Kind.PTX && entry.arch().runsOn(arch))
                .reduce((older, newer) -> newer)
                .orElseThrow()
                .ptx();
    }

    /** The problems of a kernel that may be recorded, the least first, by the entry points it solves them with. */
    private Map<List<String>, List<Problem>> byEntries(CudaRow row) {
        Map<List<String>, List<Problem>> all = new LinkedHashMap<>();
        ascending(row)
                .forEach(problem -> all.computeIfAbsent(
                                entries(row.plan(problem, device.traits())), none -> new ArrayList<>())
                        .add(problem));
        all.forEach((entries, problems) -> {
            if (flops(problems.get(0)) > MOST_FLOPS_OF_ONE && cheap(row).noneMatch(asForOneSm(row, entries))) {
                System.out.println("left out: " + entries + ", which " + problems + " are launched with");
            }
            problems.removeIf(problem -> flops(problem) > MOST_FLOPS_OF_ONE);
        });
        return all;
    }

    private Predicate<Problem> asForOneSm(CudaRow row, List<String> entries) {
        DeviceTraits small = device.traits().withUnits(1);
        return problem -> entries(row.plan(problem, small)).equals(entries);
    }

    private Stream<Problem> cheap(CudaRow row) {
        return ascending(row).filter(problem -> flops(problem) <= MOST_FLOPS_OF_ONE);
    }

    private Stream<Problem> ascending(CudaRow row) {
        Stream<Problem> aligned = Precision.ALL.stream()
                .filter(precision -> !precision.quantisesCacheOnly())
                .map(precision -> new GemmProblem(LARGEST_TILES, precision));
        return Stream.concat(DirectedProblems.all().stream(), aligned)
                .filter(problem -> row.supports(problem, device.traits()) instanceof Support.Supported)
                .sorted(Comparator.comparingDouble(SceneRecorder::flops));
    }

    private static List<String> entries(LaunchPlan plan) {
        return plan.launches().stream().map(KernelLaunch::entry).toList();
    }

    /** As many as may be; one in any case. */
    private static List<Problem> cheapest(List<Problem> ascending) {
        int count = 0;
        for (double spent = 0; count < ascending.size(); count++) {
            spent += flops(ascending.get(count));
            if (count > 0 && spent > MOST_FLOPS) {
                break;
            }
        }
        return ascending.subList(0, count);
    }

    /** The largest on which fewer blocks are another launch. */
    private Optional<Problem> largest(FewerBlocks fewer, List<Problem> ascending) {
        return ascending.stream()
                .filter(problem ->
                        !fewer.plan(problem, device.traits()).equals(fewer.row().plan(problem, device.traits())))
                .reduce((smaller, larger) -> larger);
    }

    private static double flops(Problem problem) {
        return problem.work().flops();
    }

    /** The lines of a scene, if the oracle finds the outputs right. */
    private Optional<List<String>> scene(CudaRow row, Problem problem, String words) {
        OperandSet operands = OperandSet.generate(problem, Distribution.NORMAL, SEED);
        List<String> lines = new ArrayList<>(List.of("case " + problem.id() + words));
        try (BoundSet set = BoundSet.create(device, row, problem, operands)) {
            set.poison(Verifier.POISON);
            set.run();
            if (!Verifier.of(problem, operands).check(set.outputs()).passed()) {
                return Optional.empty();
            }
            for (OperandSpec spec : operands.specs()) {
                boolean input = spec.role() == Role.INPUT;
                byte[] bytes = input ? bytes(operands.input(spec.name())) : bytes(set.outputs(), spec);
                lines.add((input ? "input " : "output ") + spec.name() + " "
                        + HexFormat.of().formatHex(bytes));
            }
        }
        LaunchPlan plan = row.plan(problem, device.traits());
        plan.scratch().forEach((name, bytes) -> lines.add("scratch " + name + " " + bytes));
        plan.launches().forEach(launch -> lines.add(SceneWords.of(launch)));
        return Optional.of(lines);
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static byte[] bytes(OutputReader outputs, OperandSpec spec) {
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) spec.bytes());
        outputs.read(spec.name(), 0, buffer);
        buffer.flip();
        return bytes(buffer);
    }
}
