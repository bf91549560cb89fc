package dev.ridgepoint.kernels.cuda;

import java.util.List;
import java.util.Map;

/**
 * The launches that solve a problem, one after the other.
 *
 * @param config what was chosen and why, printable: {@code tile 128x128, 3 stages: fills 132 SMs twice}
 * @param launches in order
 * @param scratch bytes of buffers of the plan's own, by name
 */
public record LaunchPlan(String config, List<KernelLaunch> launches, Map<String, Long> scratch) {
    public LaunchPlan {
        launches = List.copyOf(launches);
        scratch = Map.copyOf(scratch);
        if (launches.isEmpty()) {
            throw new IllegalArgumentException("launches: a plan has at least one");
        }
    }

    /** One launch and no scratch. */
    public static LaunchPlan of(String config, KernelLaunch launch) {
        return new LaunchPlan(config, List.of(launch), Map.of());
    }
}
