package dev.ridgepoint.kernels.cuda.build;

import dev.ridgepoint.kernels.cuda.CudaArch;
import dev.ridgepoint.kernels.cuda.CudaKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The architectures from which on a kernel has code of its own: its floor, and what {@code #if __CUDA_ARCH__ >= N} asks for in
 * it or in what it includes. Headers of the toolkit are not read: what they do better on a newer architecture is not used.
 */
final class SourcePaths {
    private static final Pattern INCLUDE = Pattern.compile("(?m)^#include \"([^\"]+)\"");
    private static final Pattern CONDITION = Pattern.compile("__CUDA_ARCH\\w*(?: >= (\\d+)0\\b)?");

    private SourcePaths() {}

    /**
     * Reads them.
     *
     * @throws BuildException if the name has no floor, or a condition is none we can tell an architecture from
     */
    static Set<CudaArch> of(KernelSource source) throws IOException, BuildException {
        Set<CudaArch> paths = new HashSet<>();
        paths.add(floor(source));
        Set<Path> seen = new HashSet<>();
        Deque<Path> open = new ArrayDeque<>(Set.of(source.file()));
        while (!open.isEmpty()) {
            Path file = open.pop();
            if (seen.add(file) && Files.exists(file)) {
                String text = Files.readString(file);
                addConditions(file, text, paths);
                INCLUDE.matcher(text)
                        .results()
                        .forEach(include -> open.push(source.root().resolve(include.group(1))));
            }
        }
        return paths;
    }

    private static void addConditions(Path file, String text, Set<CudaArch> paths) throws BuildException {
        Matcher condition = CONDITION.matcher(text);
        while (condition.find()) {
            if (condition.group(1) == null) {
                throw new BuildException(
                        file + ": " + condition.group()
                                + " is not understood; write __CUDA_ARCH__ >= 890, from which the build tells what to compile for");
            }
            paths.add(new CudaArch(Integer.parseInt(condition.group(1)), false));
        }
    }

    private static CudaArch floor(KernelSource source) throws BuildException {
        try {
            return CudaKernel.floor(source.id());
        } catch (IllegalArgumentException e) {
            throw new BuildException(source.file() + ": " + e.getMessage());
        }
    }
}
