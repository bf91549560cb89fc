package dev.ridgepoint.benchmarks.plan;

/**
 * What one timed call contains. Figures of two domains are never compared.
 *
 * <p>A JMH class for each operation and domain stands in {@code dev.ridgepoint.benchmarks.jmh}, named after both:
 * {@code GemmCpuCall}.
 */
public enum TimingDomain {
    /** The call on a CPU backend: host time. */
    CPU_CALL("cpu-call");

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
