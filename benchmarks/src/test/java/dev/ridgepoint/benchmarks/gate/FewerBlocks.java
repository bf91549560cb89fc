package dev.ridgepoint.benchmarks.gate;

import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.catalog.Support;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.Geometry;
import dev.ridgepoint.kernels.cuda.Geometry.Dim3;
import dev.ridgepoint.kernels.cuda.KernelLaunch;
import dev.ridgepoint.kernels.cuda.LaunchPlan;
import dev.ridgepoint.kernels.shape.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * A kernel whose last launch has a grid of one block in x or in y. Kernels whose blocks take what is left over, again and
 * again, are as right so; others are not.
 *
 * @param row the kernel
 * @param words what is different
 */
record FewerBlocks(CudaRow row, String words, UnaryOperator<Dim3> grid) implements CudaRow {
    static List<FewerBlocks> of(CudaRow row) {
        return List.of(
                new FewerBlocks(row, ", one block in x", own -> new Dim3(1, own.y(), own.z())),
                new FewerBlocks(row, ", one block in y", own -> new Dim3(own.x(), 1, own.z())));
    }

    @Override
    public LaunchPlan plan(Problem problem, DeviceTraits device) {
        LaunchPlan own = row.plan(problem, device);
        List<KernelLaunch> launches = new ArrayList<>(own.launches());
        int last = launches.size() - 1;
        Geometry geometry = launches.get(last).geometry();
        Geometry changed = new Geometry(
                grid.apply(geometry.grid()),
                geometry.block(),
                geometry.sharedBytes(),
                geometry.cluster(),
                geometry.cooperative());
        launches.set(
                last,
                new KernelLaunch(
                        launches.get(last).entry(), changed, launches.get(last).arguments()));
        return new LaunchPlan(own.config(), launches, own.scratch());
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
