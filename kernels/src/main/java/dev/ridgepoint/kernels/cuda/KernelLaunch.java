package dev.ridgepoint.kernels.cuda;

import java.util.List;

/**
 * One launch of an entry point.
 *
 * @param entry the entry point's symbol
 * @param geometry grid, block and shared memory
 * @param arguments in the order the entry point declares them
 */
public record KernelLaunch(String entry, Geometry geometry, List<Argument> arguments) {
    public KernelLaunch {
        arguments = List.copyOf(arguments);
    }
}
