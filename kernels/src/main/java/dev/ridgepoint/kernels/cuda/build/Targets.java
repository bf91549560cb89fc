package dev.ridgepoint.kernels.cuda.build;

import dev.ridgepoint.kernels.cuda.CudaArch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a kernel is compiled to: a cubin for each architecture we support, and PTX for those to come. */
final class Targets {
    private static final List<CudaArch> CUBINS =
            Stream.of("sm_80", "sm_89", "sm_90a", "sm_120").map(Targets::arch).toList();

    /** Its own instructions are worth PTX of their own, which the emulated driver reads. */
    private static final CudaArch HOPPER = arch("sm_90a");

    private Targets() {}

    private static CudaArch arch(String name) {
        return CudaArch.parse(name).orElseThrow();
    }

    /** The architectures a kernel of that floor gets cubins for. */
    static List<CudaArch> cubins(CudaArch floor) {
        return CUBINS.stream().filter(floor::runsOn).toList();
    }

    /** The flags that ask nvcc for all of it. */
    static List<String> flags(CudaArch floor) {
        List<String> flags = new ArrayList<>();
        for (CudaArch arch : cubins(floor)) {
            flags.addAll(generate(arch, "sm_"));
        }
        Stream<CudaArch> ptx = floor.runsOn(HOPPER) ? Stream.of(floor, HOPPER) : Stream.of(floor);
        ptx.distinct().forEach(arch -> flags.addAll(generate(arch, "compute_")));
        return flags;
    }

    private static List<String> generate(CudaArch arch, String code) {
        return List.of("-gencode", "arch=compute_" + arch.suffix() + ",code=" + code + arch.suffix());
    }
}
