package dev.ridgepoint.benchmarks.jmh;

import dev.ridgepoint.benchmarks.gate.BoundSet;
import dev.ridgepoint.benchmarks.gate.Expectation;
import dev.ridgepoint.benchmarks.gate.Expectations;
import dev.ridgepoint.benchmarks.gate.Tally;
import dev.ridgepoint.benchmarks.gate.VerificationGate;
import dev.ridgepoint.benchmarks.plan.Cell;
import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.UnsupportedKernelException;
import dev.ridgepoint.kernels.catalog.KernelRow;
import dev.ridgepoint.kernels.operand.OperandSet;
import dev.ridgepoint.results.Correctness;
import java.util.ArrayList;
import java.util.List;

/** A case inside the fork that times it: buffers set up and verified, and verified again once timing is over. */
final class MeasuredCase implements AutoCloseable {
    private final Cell cell;
    private final Device device;
    private final String inputsSha256;
    private final VerificationGate gate;
    private final List<BoundSet> sets = new ArrayList<>();
    private final Correctness before;

    /**
     * Sets a case up and verifies every buffer that will be timed.
     *
     * @throws UnsupportedKernelException if the kernel refuses
     * @throws dev.ridgepoint.benchmarks.gate.IncorrectException if the gate says no
     */
    MeasuredCase(Cell cell, Device device, Expectations expectations) {
        this.cell = cell;
        this.device = device;
        Expectation asked = expectations.asked(cell);
        OperandSet operands = asked.operands();
        this.inputsSha256 = asked.verifier().inputsSha256();
        this.gate = new VerificationGate(asked, () -> expectations.changed(cell));
        KernelRow kernel = kernel(device, cell.kernel());
        int count = sets(cell, device, operands);
        for (int i = 0; i < count; i++) {
            sets.add(BoundSet.create(device, kernel, cell.problem(), operands));
        }
        before = gate.beforeTiming(sets);
    }

    /** What is only played has no cache that a second set could keep cold. */
    private static int sets(Cell cell, Device device, OperandSet operands) {
        return device.counters().isPresent()
                ? 1
                : cell.cache()
                        .sets(BoundSet.bytes(operands.specs()), device.traits().lastLevelCacheBytes());
    }

    private static KernelRow kernel(Device device, String id) {
        for (KernelRow row : device.kernels()) {
            if (row.id().equals(id)) {
                return row;
            }
        }
        throw new UnsupportedKernelException(
                "no kernel " + id + " on " + device.traits().name());
    }

    Cell cell() {
        return cell;
    }

    Device device() {
        return device;
    }

    /** The launches to rotate through. */
    PreparedLaunch[] launches() {
        return sets.stream().map(BoundSet::launch).toArray(PreparedLaunch[]::new);
    }

    /**
     * Verifies what so many timed calls have left.
     *
     * @throws dev.ridgepoint.benchmarks.gate.IncorrectException if the gate says no
     */
    ForkVerdict verdict(long calls) {
        int timed = (int) Math.min(calls, sets.size());
        Correctness after = gate.afterTiming(sets, timed);
        return new ForkVerdict(
                ForkVerdict.MEASURED,
                null,
                sets.get(0).launch().implementation(),
                inputsSha256,
                sets.size(),
                timed,
                Tally.worst(before, after),
                ForkVerdict.UNKNOWN,
                null);
    }

    @Override
    public void close() {
        sets.forEach(BoundSet::close);
        device.close();
    }
}
