package dev.ridgepoint.kernels.cuda.adopt;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.cuda.cubin.CodeImage;
import dev.ridgepoint.kernels.cuda.cubin.CubinEntry.Parameter;
import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.ShapesFile;
import dev.ridgepoint.kernels.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** A kernel from outside as a row of the catalogue: {@code gemm/adopted_fp32_sgemm}. */
public final class AdoptedKernel implements CudaRow {
    /** Blocks along y and z: the limit of every architecture since Fermi. */
    private static final long MOST_ACROSS = 65_535;

    private final Adoption adoption;
    private final byte[] image;
    private final CodeImage codes;
    private final List<Workload> workloads;
    private final List<AdoptedArgument> arguments;
    private final List<Expression> grid;
    private final List<Expression> block;
    private final Expression shared;
    private final Map<String, Expression> scratch;

    /**
     * Holds a descriptor against its image.
     *
     * @param image content of the image's file
     * @throws IllegalArgumentException in one line, for whatever does not fit
     */
    public AdoptedKernel(Adoption adoption, byte[] image) {
        this.adoption = adoption;
        this.image = image.clone();
        if (!sha256(image).equals(adoption.sha256())) {
            throw new IllegalArgumentException(
                    adoption.image() + ": not the file that was adopted, its SHA-256 is another; adopt it again");
        }
        this.workloads = workloads(adoption);
        this.codes = parse(adoption.image(), image);
        List<Parameter> parameters = parameters(adoption, codes);
        this.scratch = field("scratch", () -> scratch(adoption.scratch(), buffers()));
        this.arguments = field("args", () -> arguments(parameters));
        this.grid = field("grid", () -> dimensions(adoption.grid()));
        this.block = field("block", () -> dimensions(adoption.block()));
        this.shared = field("shared", () -> Expression.parse(adoption.shared()));
    }

    /**
     * The kernel of a descriptor.
     *
     * @throws IllegalArgumentException in one line, for whatever does not fit
     */
    public static AdoptedKernel load(Path descriptor) {
        try {
            Adoption adoption = Adoption.read(descriptor);
            return new AdoptedKernel(adoption, Files.readAllBytes(descriptor.resolveSibling(adoption.image())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The digest a descriptor has of its image. */
    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** What it is handed where nothing else is said: {@code a b c m n k}. */
    public static List<String> usualArguments(Problem problem) {
        return ProblemTerms.usualArguments(problem);
    }

    /** The grid where nothing else is said: a thread an element of the output. */
    public static String usualGrid(Problem problem, String block) {
        String threads =
                Expression.list(block).stream().map(Expression::toString).collect(Collectors.joining("*"));
        return "ceil(" + ProblemTerms.outputElements(problem) + "/"
                + (threads.matches("\\w+") ? threads : "(" + threads + ")") + ")";
    }

    private static List<Workload> workloads(Adoption adoption) {
        byte[] problems = adoption.problems().toString().getBytes(StandardCharsets.UTF_8);
        List<Workload> workloads = ShapesFile.of("problems", problems);
        Set<String> forms = new TreeSet<>();
        workloads.forEach(workload -> forms.add(ProblemTerms.form(workload.problem())));
        if (forms.size() > 1) {
            throw new IllegalArgumentException("problems: expected one operation, precision and form, got "
                    + String.join(" and ", forms) + "; adopt the kernel once for each");
        }
        return workloads;
    }

    private static CodeImage parse(String name, byte[] image) {
        return field(name, () -> CodeImage.parse(image));
    }

    /** What the entry point takes, in all codes alike. */
    private static List<Parameter> parameters(Adoption adoption, CodeImage codes) {
        List<Parameter> parameters = null;
        for (Fatbin.Entry code : codes.codes()) {
            Map<String, List<Parameter>> entries = field(adoption.image(), () -> CodeImage.entries(code));
            List<Parameter> here = entries.get(adoption.entry());
            if (here == null) {
                throw new IllegalArgumentException(
                        "entry: no kernel '" + adoption.entry() + "' in " + adoption.image() + "; "
                                + (entries.isEmpty()
                                        ? "there is none in it"
                                        : "there are " + String.join(", ", new TreeSet<>(entries.keySet()))));
            }
            if (parameters != null && !parameters.equals(here)) {
                throw new IllegalArgumentException(
                        "entry: " + adoption.entry() + " takes other parameters for one architecture than for another");
            }
            parameters = here;
        }
        if (parameters == null) {
            throw new IllegalArgumentException(adoption.image() + ": there is no code in it");
        }
        return parameters;
    }

    private Set<String> buffers() {
        return new TreeSet<>(ProblemTerms.buffers(problem()));
    }

    private static Map<String, Expression> scratch(Map<String, String> sizes, Set<String> operands) {
        Map<String, Expression> scratch = new TreeMap<>();
        sizes.forEach((name, bytes) -> {
            if (operands.contains(name)) {
                throw new IllegalArgumentException("'" + name + "' is a buffer of the problem");
            }
            scratch.put(name, Expression.parse(bytes));
        });
        return scratch;
    }

    private List<AdoptedArgument> arguments(List<Parameter> parameters) {
        String takes = adoption.entry() + " takes " + parameters.size() + " parameters of "
                + parameters.stream().map(one -> Integer.toString(one.bytes())).collect(Collectors.joining(", "))
                + " bytes";
        if (parameters.size() != adoption.args().size()) {
            throw new IllegalArgumentException(
                    takes + ", not " + adoption.args().size() + ": " + String.join(", ", adoption.args()));
        }
        Set<String> buffers = buffers();
        buffers.addAll(scratch.keySet());
        Set<String> extents = ProblemTerms.extents(problem(), 1).keySet();
        List<AdoptedArgument> all = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            AdoptedArgument argument = AdoptedArgument.parse(
                    adoption.args().get(i), parameters.get(i).bytes(), buffers, extents);
            if (argument.bytes() != parameters.get(i).bytes()) {
                throw new IllegalArgumentException(
                        takes + ", and '" + argument + "' as number " + (i + 1) + " brings " + argument.bytes());
            }
            all.add(argument);
        }
        return all;
    }

    private static List<Expression> dimensions(String text) {
        List<Expression> all = Expression.list(text);
        if (all.size() > 3) {
            throw new IllegalArgumentException("expected one to three extents, got " + all.size());
        }
        return all;
    }

    /** What a step makes; what it complains about begins with the field it concerns. */
    private static <T> T field(String name, Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    private Problem problem() {
        return workloads.get(0).problem();
    }

    /** The problems it was adopted for. */
    public List<Workload> workloads() {
        return workloads;
    }

    /** Digests of what makes its answers, by name. */
    public Map<String, String> digests() {
        return Map.of(
                id(),
                adoption.sha256(),
                id() + " descriptor",
                sha256(adoption.text().getBytes(StandardCharsets.UTF_8)));
    }

    /** What is in its image: {@code a cubin for sm_80, PTX for sm_80}. */
    public String contents() {
        return codes.toString();
    }

    /** How it is launched. */
    public String launch() {
        return "grid " + adoption.grid() + ", block " + adoption.block()
                + (adoption.shared().equals("0") ? "" : ", shared " + adoption.shared()) + ", args "
                + String.join(" ", adoption.args());
    }

    @Override
    public String id() {
        return problem().op() + "/adopted_" + problem().precisionId() + "_"
                + adoption.entry().replaceAll("[^A-Za-z0-9_]", "_");
    }

    @Override
    public String idea() {
        return "from outside: " + adoption.image();
    }

    @Override
    public String symbol() {
        return adoption.entry();
    }

    @Override
    public CudaArch floor() {
        return codes.codes().stream()
                .map(Fatbin.Entry::arch)
                .min(Comparator.comparingInt(CudaArch::number))
                .orElseThrow();
    }

    @Override
    public Optional<byte[]> image() {
        boolean text = codes.codes().get(0).content().length == image.length
                && codes.codes().get(0).kind() == Fatbin.Kind.PTX;
        return Optional.of(text ? Arrays.copyOf(image, image.length + 1) : image.clone());
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        if (!ProblemTerms.form(problem).equals(ProblemTerms.form(problem()))) {
            return Support.unsupported("adopted for problems like " + problem().id());
        }
        boolean own = workloads.stream().anyMatch(workload -> workload.problem().equals(problem));
        if (!own && !adoption.anyShape()) {
            return Support.unsupported("adopted for extents of its own, not with --any-shape");
        }
        CudaArch arch = CudaArch.parse(device.arch()).orElse(null);
        if (arch == null || !codes.runsOn(arch)) {
            return Support.unsupported(adoption.image() + " has " + codes + ", and this is " + device.arch());
        }
        try {
            int bytes = plan(problem, device).launches().get(0).geometry().sharedBytes();
            if (bytes > device.sharedMemoryBytes()) {
                return Support.unsupported(
                        "shared: " + bytes + " bytes, and a block may use " + device.sharedMemoryBytes());
            }
        } catch (IllegalArgumentException e) {
            return Support.unsupported(e.getMessage());
        }
        return device.nativeTypes().contains(problem.compute()) ? Support.natively() : Support.upconverted();
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        Map<String, Long> extents = ProblemTerms.extents(problem, device.units());
        Dim3 blocks = field("grid", () -> dim3(grid, extents, MOST_ACROSS));
        Dim3 threads = field("block", () -> dim3(block, extents, Integer.MAX_VALUE));
        int bytes = field("shared", () -> (int) within(shared.value(extents), 0, Integer.MAX_VALUE));
        Map<String, Long> sizes = new LinkedHashMap<>();
        scratch.forEach((name, size) ->
                sizes.put(name, field("scratch", () -> within(size.value(extents), 1, Long.MAX_VALUE))));
        KernelLaunch launch = new KernelLaunch(
                adoption.entry(),
                Geometry.of(blocks, threads).withShared(bytes),
                field(
                        "args",
                        () -> arguments.stream()
                                .map(argument -> argument.of(extents))
                                .toList()));
        return new LaunchPlan(launch(), List.of(launch), sizes);
    }

    private static Dim3 dim3(List<Expression> dimensions, Map<String, Long> extents, long mostAcross) {
        int[] xyz = {1, 1, 1};
        for (int i = 0; i < dimensions.size(); i++) {
            xyz[i] = (int) within(dimensions.get(i).value(extents), 1, i == 0 ? Integer.MAX_VALUE : mostAcross);
        }
        return new Dim3(xyz[0], xyz[1], xyz[2]);
    }

    private static long within(long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("expected " + least + " to " + most + ", got " + value);
        }
        return value;
    }
}
