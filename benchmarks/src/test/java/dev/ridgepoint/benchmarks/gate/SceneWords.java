package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.cuda.Argument;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import java.util.stream.Collectors;

/** A launch as a line of a scene. */
final class SceneWords {
    private SceneWords() {}

    /** {@code launch ENTRY gx gy gz bx by bz shared @a 4:17}. */
    static String of(KernelLaunch launch) {
        Geometry geometry = launch.geometry();
        if (geometry.cooperative() || !geometry.cluster().equals(Dim3.ONE)) {
            throw new IllegalArgumentException(launch.entry() + ": scenes have neither clusters nor cooperative grids");
        }
        return "launch " + launch.entry() + " " + of(geometry.grid()) + " " + of(geometry.block()) + " "
                + geometry.sharedBytes()
                + launch.arguments().stream().map(SceneWords::of).collect(Collectors.joining());
    }

    private static String of(Dim3 extents) {
        return extents.x() + " " + extents.y() + " " + extents.z();
    }

    private static String of(Argument argument) {
        if (argument instanceof Argument.Buffer buffer) {
            return " @" + buffer.name();
        }
        Argument.Scalar scalar = (Argument.Scalar) argument;
        return " " + scalar.bytes() + ":" + Long.toUnsignedString(scalar.bits());
    }
}
