package dev.ridgepoint.kernels.cuda.tuning;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.Map;
import java.util.Optional;

/**
 * A kernel whose config somebody else than its rule has chosen, for some problems.
 *
 * @param row the kernel
 * @param units SMs that its rule is asked for, by problem; the device's own for every other
 * @param by who chose
 */
public record TunedRow(CudaRow row, Map<String, Integer> units, String by) implements CudaRow {
    public TunedRow {
        units = Map.copyOf(units);
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        Integer chosen = units.get(problem.id());
        if (chosen == null) {
            return row.plan(problem, device);
        }
        LaunchPlan plan = row.plan(problem, device.withUnits(chosen));
        return new LaunchPlan(
                plan.config() + " (as for " + chosen + " SMs: chosen by " + by + ")", plan.launches(), plan.scratch());
    }

    @Override
    public String id() {
        return row.id();
    }

    @Override
    public String idea() {
        return row.idea();
    }

    @Override
    public Optional<byte[]> image() {
        return row.image();
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return row.supports(problem, device);
    }
}
