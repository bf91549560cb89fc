package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.conformance.counters.CounterFile;
import dev.ridgepoint.device.conformance.counters.CounterReplay;
import dev.ridgepoint.device.conformance.counters.CounterReport;
import dev.ridgepoint.device.conformance.counters.KernelCounters;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs the vectors of a set of goldens again, and holds the answers against it. */
public final class Replay {
    private Replay() {}

    /**
     * Replays on a device, which is not closed.
     *
     * @throws IOException in one line, if hardware's counters beside the set cannot be read
     */
    public static Report of(GoldenSet set, List<TestVector> vectors, CudaDevice device) throws IOException {
        Map<String, TestVector> known = new LinkedHashMap<>();
        vectors.forEach(vector -> known.put(vector.id(), vector));
        Report report = Report.of(set.origin(), device.traits().arch(), counters(set, known, device));
        for (Golden golden : set.goldens()) {
            replay(golden, known.remove(golden.id()), device, report);
        }
        known.values().forEach(vector -> report.leavesOut(vector.group(), Verdict.SKIPPED, "not recorded yet"));
        return report;
    }

    private static CounterReport counters(GoldenSet set, Map<String, TestVector> known, CudaDevice device)
            throws IOException {
        List<KernelCounters> hardware = CounterFile.read(set.folder());
        return device.counters()
                .map(counting -> CounterReplay.of(hardware, known, device, counting))
                .orElseThrow(() -> new IOException("replay: only the emulated driver has counters"));
    }

    private static void replay(Golden golden, TestVector vector, CudaDevice device, Report report) {
        String group = golden.group();
        if (golden.outcome() != Golden.Outcome.RECORDED) {
            report.leavesOut(group, Verdict.SKIPPED, "hardware has no answer: " + golden.reason());
        } else if (vector == null) {
            report.leavesOut(group, Verdict.STALE, "there is no such vector any more");
        } else if (!vector.fingerprint().equals(golden.fingerprint())) {
            report.leavesOut(group, Verdict.STALE, "program or inputs have changed since it was recorded");
        } else if (vector.refusal(device.traits()).isPresent()) {
            report.leavesOut(
                    group,
                    Verdict.SKIPPED,
                    "replay: " + vector.refusal(device.traits()).get());
        } else {
            compare(golden, vector, device, report);
        }
    }

    private static void compare(Golden golden, TestVector vector, CudaDevice device, Report report) {
        byte[] ours;
        try {
            ours = vector.run(device);
        } catch (DeviceException failure) {
            report.differs(
                    golden.group(),
                    new Difference(
                            vector.id(),
                            vector.program(),
                            vector.bound().toString(),
                            "no answer of ours: " + failure.getMessage(),
                            null,
                            null,
                            "all rows"));
            return;
        }
        if (Digests.of(ours).equals(golden.digest())) {
            report.count(golden.group(), Verdict.IDENTICAL);
            return;
        }
        Optional<Difference> difference = Comparison.of(vector, golden, ours);
        if (difference.isPresent()) {
            report.differs(golden.group(), difference.get());
        } else {
            report.count(golden.group(), Verdict.WITHIN_BOUND);
        }
    }
}
