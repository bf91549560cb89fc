package dev.ridgepoint.benchmarks.plan;

import dev.ridgepoint.kernels.shape.Problem;
import java.util.List;

/**
 * What one timed call contains. Figures of two domains are never compared.
 *
 * <p>A JMH class for each operation and domain stands in {@code dev.ridgepoint.benchmarks.jmh}, named after both:
 * {@code GemmCpuCall}.
 */
public enum TimingDomain {
    /** The call on a CPU backend: host time. */
    CPU_CALL("cpu-call"),
    /** Launch and wait: what a caller sees, binding, launch and kernel together. */
    HOST_SYNC("host-sync"),
    /** Many launches and one wait: steady throughput. */
    BATCHED("batched"),
    /** From an event before the launch to one after it: the device's own time. */
    DEVICE_EVENT("device-event"),
    /** A graph of many launches, replayed, and one wait: kernels too short for anything else. */
    GRAPH_REPLAY("graph-replay");

    private final String id;

    TimingDomain(String id) {
        this.id = id;
    }

    /** The name in files. */
    public String id() {
        return id;
    }

    /**
     * The domain of that name.
     *
     * @throws IllegalArgumentException if this build cannot time in it
     */
    public static TimingDomain parse(String id) {
        for (TimingDomain domain : values()) {
            if (domain.id.equals(id)) {
                return domain;
            }
        }
        throw new IllegalArgumentException("timing domain: this build has no '" + id + "'");
    }

    /** The domains of a target, its usual one first. */
    public static List<TimingDomain> of(Target target) {
        return target.cuda() ? List.of(DEVICE_EVENT, HOST_SYNC, BATCHED, GRAPH_REPLAY) : List.of(CPU_CALL);
    }

    /** Launches of one timed call of a problem. */
    public int launches(Problem problem) {
        return this == BATCHED || this == GRAPH_REPLAY ? Batch.of(problem) : 1;
    }

    /** The JMH class that times an operation in this domain. */
    public String benchmarkClass(String op) {
        return "dev.ridgepoint.benchmarks.jmh." + camel(op) + camel(id);
    }

    private static String camel(String words) {
        StringBuilder name = new StringBuilder();
        for (String word : words.split("[-_]")) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }
}
