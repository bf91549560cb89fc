package dev.ridgepoint.device.cpu.lib;

import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.device.library.BundledLibrary;

/** Our C++ library, loaded once a process, with what a result must record of it. */
public final class NativeLibrary {
    /** What a kernel answers in a build that has no library. */
    public static final String LEFT_OUT =
            "built without g++ and cmake: install them and build again to have the native CPU kernels";

    private static final String RESOURCE = "linux-x86_64/libridgepointcpu.so";

    private static NativeLibrary loaded;

    private final String buildId;

    private NativeLibrary(String buildId) {
        this.buildId = buildId;
    }

    /** Whether this build has the library. */
    public static boolean isBuilt() {
        return NativeLibrary.class.getResource(RESOURCE) != null;
    }

    /**
     * Loads the library.
     *
     * @throws UnsupportedKernelException if it was left out of this build
     */
    public static synchronized NativeLibrary load() {
        if (loaded == null) {
            BundledLibrary library = BundledLibrary.find(NativeLibrary.class, RESOURCE)
                    .orElseThrow(() -> new UnsupportedKernelException(LEFT_OUT));
            System.load(library.unpack().toString());
            loaded = new NativeLibrary(library.buildId());
        }
        return loaded;
    }

    /** The first 16 hexadecimal digits of the library's SHA-256. */
    public String buildId() {
        return buildId;
    }

    /** Compiler, version and flags. */
    public String flags() {
        return NativeCpu.build_flags();
    }

    /**
     * {@code v4}, {@code v3} or {@code baseline}: which copy of the kernels this CPU runs. v4 has some kernels of its own, the
     * others are v3's ({@link NativeTask#implementation()} says it of each).
     */
    public String instructionSet() {
        return NativeCpu.instruction_set();
    }

    /** Runs another copy of the kernels from now on; an empty name goes back to what suits this CPU. */
    public void useInstructionSet(String name) {
        NativeCpu.use_instruction_set(name);
    }

    /** Threads OpenMP's library says it will use, 0 before it is loaded. */
    public int openMpThreads() {
        return NativeCpu.openmp_threads();
    }

    /** Asks the kernel for huge pages; it may decline. */
    public void adviseHugePages(long address, long bytes) {
        NativeCpu.advise_huge_pages(address, bytes);
    }
}
