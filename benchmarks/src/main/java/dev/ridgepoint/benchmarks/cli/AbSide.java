package dev.ridgepoint.benchmarks.cli;

import dev.ridgepoint.kernels.cuda.adopt.AdoptedKernel;
import dev.ridgepoint.kernels.shape.ShapeJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One side of {@code ab}, as the command line names it: what it has that the other has not, as {@code name=value} joined by
 * commas. The name may be left out where the value tells: a jar or a checkout is a build, a descriptor an adopted kernel,
 * {@code gemm/...} a kernel, {@code jni} a binding. {@code this} has nothing of its own.
 *
 * @param text as it was typed
 * @param build jar of its build, null for the one at hand
 * @param options options of {@code run} that it sets, by name
 * @param jvmArgs flags of its forks' JVM, null for none
 */
record AbSide(String text, Path build, Map<String, String> options, String jvmArgs) {
    private static final String BUILD = "jar";
    private static final String JVM_ARGS = "jvmArgs";
    private static final String ADOPTED = "adopted";
    private static final String KERNEL = "kernel";
    private static final String BACKEND = "backend";
    private static final List<String> OPTIONS =
            List.of(KERNEL, ADOPTED, BACKEND, "threads", "device", "driver", "emulated-arch");
    private static final List<String> BINDINGS = List.of("cpu", "jni", "jcuda");
    private static final Pattern NAMED = Pattern.compile("([A-Za-z-]+)=(.+)");
    private static final Pattern KERNEL_NAME = Pattern.compile("(" + String.join("|", ShapeJson.OPS) + ")/[^/]+");
    private static final String NOTHING = "this";

    /** The jar of a checkout. */
    static final Path JAR = Path.of("benchmarks", "target", "benchmarks.jar");

    /**
     * Reads a side.
     *
     * @throws IOException where a file it names cannot be read
     */
    static AbSide parse(String text) throws IOException {
        Map<String, String> given = new LinkedHashMap<>();
        if (!text.equals(NOTHING)) {
            for (String part : text.split(",", -1)) {
                String name = name(text, part);
                String value = NAMED.matcher(part).matches() ? part.substring(part.indexOf('=') + 1) : part;
                if (given.put(name, value) != null) {
                    throw UserError.refused(text + ": two values of " + name);
                }
            }
        }
        Path build = given.containsKey(BUILD) ? jar(given.remove(BUILD)) : null;
        String jvmArgs = given.remove(JVM_ARGS);
        if (given.containsKey(ADOPTED) && !given.containsKey(KERNEL)) {
            given.put(KERNEL, AdoptedKernel.load(Path.of(given.get(ADOPTED))).id());
        }
        return new AbSide(text, build, given, jvmArgs);
    }

    private static String name(String text, String part) {
        var named = NAMED.matcher(part);
        if (named.matches()) {
            String name = named.group(1);
            if (OPTIONS.contains(name) || List.of(BUILD, JVM_ARGS).contains(name)) {
                return name;
            }
            throw UserError.refused(text + ": no side is told by '" + name + "'; known: " + BUILD + ", "
                    + String.join(", ", OPTIONS) + ", " + JVM_ARGS);
        }
        if (part.endsWith(".jar") || !part.isEmpty() && Files.isDirectory(Path.of(part))) {
            return BUILD;
        }
        if (part.endsWith(".json")) {
            return ADOPTED;
        }
        if (BINDINGS.contains(part)) {
            return BACKEND;
        }
        if (KERNEL_NAME.matcher(part).matches()) {
            return KERNEL;
        }
        throw UserError.refused(text + ": no side; expected a jar or a checkout, a kernel such as gemm/cpu_fp32_native,"
                + " a descriptor, cpu, jni or jcuda, name=value such as threads=2, or 'this'");
    }

    /** The jar of a build, by itself or by its checkout. */
    static Path jar(String named) {
        Path path = Path.of(named);
        Path jar = Files.isDirectory(path) ? path.resolve(JAR) : path;
        if (!Files.isRegularFile(jar)) {
            throw UserError.missing(
                    jar + ": no such file; build it there first, as any command of './ridgepoint' does");
        }
        return jar.toAbsolutePath();
    }

    /** What its forks load their classes from; null for where ours are. */
    String classPath() {
        return build == null ? null : build.toString();
    }

    /** Options of {@code run}, spelled out. */
    Map<String, String> runOptions() {
        return options.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> "--" + entry.getKey(), Map.Entry::getValue, (x, y) -> x, LinkedHashMap::new));
    }
}
