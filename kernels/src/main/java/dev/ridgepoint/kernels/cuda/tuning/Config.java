package dev.ridgepoint.kernels.cuda.tuning;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One way to launch a kernel for a problem: what its own rule plans for a device of so many SMs. Tiles, shares and grids all
 * follow from how much of the device they fill, so a rule asked for other devices gives all of its answers, each of them right.
 *
 * @param units SMs that the rule was asked for
 * @param plan its answer
 */
public record Config(int units, LaunchPlan plan) {
    /** Parts of the device's own SMs, in eighths. */
    private static final int[] EIGHTHS = {8, 1, 2, 4, 16, 32, 64};

    /** The configs of a problem, different in what they launch; first that of the built-in rule, for the device as it is. */
    public static List<Config> of(CudaRow row, Problem problem, DeviceTraits device) {
        List<Config> configs = new ArrayList<>();
        for (int eighths : EIGHTHS) {
            int units = (int) Math.max(1, (long) device.units() * eighths / 8);
            LaunchPlan plan = row.plan(problem, device.withUnits(units));
            if (configs.stream().noneMatch(known -> known.launchesLike(plan))) {
                configs.add(new Config(units, plan));
            }
        }
        return List.copyOf(configs);
    }

    private boolean launchesLike(LaunchPlan other) {
        return plan.launches().equals(other.launches()) && plan.scratch().equals(other.scratch());
    }

    /** The kernel in this config, whatever the device. */
    public TunedRow fixed(CudaRow row, Problem problem) {
        return new TunedRow(row, Map.of(problem.id(), units), "a tuning run");
    }
}
