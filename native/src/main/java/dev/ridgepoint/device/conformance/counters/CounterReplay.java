package dev.ridgepoint.device.conformance.counters;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.device.LaunchCounters;
import dev.ridgepoint.device.conformance.TestVector;
import dev.ridgepoint.device.cuda.CudaDevice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Runs kernels again on the emulated driver and holds its counters against hardware's. */
public final class CounterReplay {
    private static final JsonMapper JSON = new JsonMapper();

    private CounterReplay() {}

    /**
     * Compares; a kernel that is no more, or that the device does not run, counts as one that differs.
     *
     * @param vectors by id
     * @param counting the device's
     */
    public static CounterReport of(
            List<KernelCounters> hardware,
            Map<String, TestVector> vectors,
            CudaDevice device,
            LaunchCounters counting) {
        List<String> differences = new ArrayList<>();
        int within = 0;
        for (KernelCounters recorded : hardware) {
            TestVector vector = vectors.get(recorded.id());
            if (vector == null || vector.refusal(device.traits()).isPresent()) {
                differences.add(recorded.id() + ": cannot be run here");
                continue;
            }
            List<String> beyond = recorded.differences(count(vector, device, counting));
            within += beyond.isEmpty() ? 1 : 0;
            beyond.forEach(difference -> differences.add(recorded.id() + ": " + difference));
        }
        return new CounterReport(hardware.size(), within, differences);
    }

    private static Map<Counter, Long> count(TestVector vector, CudaDevice device, LaunchCounters counting) {
        List<JsonNode> launches = counting.during(() -> vector.run(device)).stream()
                .map(CounterReplay::parse)
                .toList();
        Map<Counter, Long> counts = new EnumMap<>(Counter.class);
        for (Counter counter : Counter.values()) {
            counts.put(counter, counter.emulated(launches));
        }
        return counts;
    }

    private static JsonNode parse(String launch) {
        try {
            return JSON.readTree(launch);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the emulated driver's counters are no JSON: " + launch, e);
        }
    }
}
