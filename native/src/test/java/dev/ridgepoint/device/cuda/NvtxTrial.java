package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.cuda.jni.Nvtx;

/** A range and one within it: a JVM of its own, since a process has one tool for good. */
final class NvtxTrial {
    private NvtxTrial() {}

    /** With the name of the range. */
    @SuppressWarnings("try") // ranges are begun and ended, not used
    public static void main(String[] args) {
        try (Nvtx.Range all = Nvtx.range(args[0]);
                Nvtx.Range part = Nvtx.range(args[0] + " timing")) {
            System.out.println("within");
        }
    }
}
