package dev.ridgepoint.kernels.cuda.build;

import dev.ridgepoint.kernels.cuda.CudaArch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a kernel is compiled to: a cubin for each architecture we support, and PTX for those to come. The front end runs once for
 * each path of the source, and not for each architecture: cubins of one path differ in what ptxas makes of the same PTX. PTX is kept
 * once a path: nvcc says nothing else for sm_90a, as a test of the profile {@code full} holds.
 */
final class Targets {
    private static final List<CudaArch> CUBINS = Stream.of("sm_80", "sm_89", "sm_90a", "sm_120")
            .map(name -> CudaArch.parse(name).orElseThrow())
            .toList();

    private static final Comparator<CudaArch> OLDEST_FIRST =
            Comparator.comparingInt(CudaArch::number).thenComparing(CudaArch::specific);

    private Targets() {}

    /**
     * The flags that ask nvcc for all of it.
     *
     * @param paths the architectures from which on the source has something of its own, its floor the oldest
     */
    static List<String> flags(Set<CudaArch> paths) {
        List<String> flags = new ArrayList<>();
        for (CudaArch path : paths.stream().sorted(OLDEST_FIRST).toList()) {
            Stream<String> cubins = CUBINS.stream()
                    .filter(arch -> path.equals(newest(paths, arch)))
                    .map(CudaArch::toString);
            flags.add("-gencode");
            flags.add(Stream.concat(cubins, Stream.of("compute_" + path.suffix()))
                    .collect(Collectors.joining(",", "arch=compute_" + path.suffix() + ",code=[", "]")));
        }
        return flags;
    }

    /** The newest path that an architecture runs; null if there is none. */
    private static CudaArch newest(Set<CudaArch> paths, CudaArch arch) {
        return paths.stream()
                .filter(path -> path.runsOn(arch))
                .max(OLDEST_FIRST)
                .orElse(null);
    }
}
