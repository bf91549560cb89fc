package dev.ridgepoint.device.conformance;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs vectors on a device and keeps what it answers. */
public final class Recorder {
    private Recorder() {}

    /**
     * Records what a set lacks, until a deadline or until the device is lost. A vector that loses the device is recorded
     * as failed; recording again into the same folder, in a new process, goes on behind it.
     *
     * @param deadline by {@link System#nanoTime}
     * @param heard each golden as it is written
     * @return vectors that are left
     */
    public static int record(
            CudaDevice device, List<TestVector> vectors, GoldenSet set, long deadline, Consumer<Golden> heard)
            throws IOException {
        List<TestVector> missing = vectors.stream().filter(set::lacks).toList();
        int left = missing.size();
        for (TestVector vector : missing) {
            if (System.nanoTime() - deadline > 0) {
                return left;
            }
            boolean lost = false;
            Golden golden;
            try {
                golden = record(device, vector);
            } catch (DeviceException failure) {
                golden = Golden.without(vector, Golden.Outcome.FAILED, failure.getMessage());
                lost = failure.deviceLost();
            }
            set.add(golden);
            heard.accept(golden);
            left--;
            if (lost) {
                return left;
            }
        }
        return left;
    }

    private static Golden record(CudaDevice device, TestVector vector) {
        Optional<String> refusal = vector.refusal(device.traits());
        if (refusal.isPresent()) {
            return Golden.without(vector, Golden.Outcome.SKIPPED, refusal.get());
        }
        return Golden.recorded(vector, vector.run(device));
    }
}
