package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.Optional;
import java.util.function.Function;

/**
 * A vendor's kernel, where its library is not there.
 *
 * @param refusal why it does not do a problem, empty where it does
 */
record FakeVendor(String id, Function<Problem, Optional<String>> refusal) implements KernelRow {
    @Override
    public String idea() {
        return "what ours are held against";
    }

    @Override
    public boolean baseline() {
        return true;
    }

    @Override
    public Support supports(Problem problem, DeviceTraits device) {
        return refusal.apply(problem).map(Support::unsupported).orElse(Support.natively());
    }
}
