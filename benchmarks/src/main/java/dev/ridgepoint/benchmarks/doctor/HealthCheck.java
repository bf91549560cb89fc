package dev.ridgepoint.benchmarks.doctor;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** Judges facts: what is fine, what to know, what to mend first. */
final class HealthCheck {
    private static final double GIB = 1L << 30;
    private static final double LITTLE_MEMORY_GIB = 4;
    private static final double LITTLE_DISK_GIB = 1;
    private static final double BUSY_CORES = 0.1;
    private static final double STOLEN_CORES = 0.02;
    private static final double SWAP_GIB = 0.1;
    private static final double COARSE_NS = 1_000;

    private HealthCheck() {}

    static List<Finding> of(HostFacts host, Neighbours neighbours, Clock clock, OptionalLong diskFreeBytes) {
        return List.of(
                Finding.ok("processor", host.processor()),
                cores(host),
                siblings(host),
                governor(host),
                turbo(host),
                numa(host),
                virtualisation(host),
                load(host),
                others(neighbours),
                stolen(neighbours),
                memory(host),
                swap(host),
                hugePages(host),
                timer(clock),
                jdk(),
                disk(diskFreeBytes));
    }

    private static Finding cores(HostFacts host) {
        String value = host.usableThreads() + " usable of " + host.onlineThreads() + " online";
        if (host.usableThreads() < 2) {
            return Finding.bad("cores", value, "the harness shares the only core; use a machine with two or more");
        }
        if (host.usableThreads() < host.onlineThreads()) {
            return Finding.warning(
                    "cores", value, "a container or an affinity mask withholds cores; compare only with runs alike");
        }
        return Finding.ok("cores", value);
    }

    private static Finding siblings(HostFacts host) {
        return host.siblingsActive()
                ? Finding.warning(
                        "hyper-threading",
                        "on: two hardware threads share a core",
                        "keep --threads at the number of cores, or switch siblings off")
                : Finding.ok("hyper-threading", "off or not visible");
    }

    private static Finding governor(HostFacts host) {
        if (host.governors().isEmpty()) {
            return Finding.warning(
                    "governor",
                    "not visible: clocks are the hypervisor's or the firmware's",
                    "ask the host for fixed clocks, or take more forks");
        }
        String value = String.join(", ", host.governors());
        return value.equals("performance")
                ? Finding.ok("governor", value)
                : Finding.bad("governor", value, "sudo cpupower frequency-set -g performance");
    }

    private static Finding turbo(HostFacts host) {
        if (host.turbo().isEmpty()) {
            return Finding.ok("turbo", "not visible");
        }
        return host.turbo().get()
                ? Finding.warning(
                        "turbo",
                        "on: clocks follow temperature and neighbours",
                        "switch it off in /sys/devices/system/cpu (intel_pstate/no_turbo or cpufreq/boost)")
                : Finding.ok("turbo", "off");
    }

    private static Finding numa(HostFacts host) {
        return host.numaNodes() > 1
                ? Finding.warning(
                        "NUMA",
                        host.numaNodes() + " nodes",
                        "bind the run to one: numactl --cpunodebind=0 --membind=0 ./ridgepoint run")
                : Finding.ok("NUMA", "one node");
    }

    private static Finding virtualisation(HostFacts host) {
        return host.hypervisor()
                ? Finding.warning(
                        "virtualisation",
                        "a virtual machine: clocks and neighbours are not ours to see",
                        "use bare metal for figures to publish")
                : Finding.ok("virtualisation", "none seen");
    }

    /** More jobs than processors wait for each other, and for a fork: what others take right now is another finding. */
    private static Finding load(HostFacts host) {
        double load = host.load1().orElse(0.0);
        String value = host.load1().map(seen -> seen + " over a minute").orElse("not visible");
        return load > host.onlineThreads()
                ? Finding.warning(
                        "load average",
                        value + " on " + host.onlineThreads()
                                + (host.onlineThreads() == 1 ? " processor" : " processors"),
                        "wait until it has fallen: forks take their turn among all these")
                : Finding.ok("load average", value);
    }

    private static Finding others(Neighbours neighbours) {
        if (neighbours.cores() <= BUSY_CORES) {
            return Finding.ok("other processes", "quiet");
        }
        String value = format("%.1f cores in use, most by %s", neighbours.cores(), neighbours.busiest());
        return Finding.bad("other processes", value, "stop them or wait: figures will be slower and noisier");
    }

    private static Finding stolen(Neighbours neighbours) {
        String value = format("%.2f cores", neighbours.stolenCores());
        return neighbours.stolenCores() > STOLEN_CORES
                ? Finding.bad("stolen time", value, "another guest runs on these cores; use a dedicated machine")
                : Finding.ok("stolen time", value);
    }

    private static Finding memory(HostFacts host) {
        double free = host.memoryAvailableBytes().orElse(0) / GIB;
        String value = format("%.1f GiB free of %.1f", free, host.memoryBytes().orElse(0) / GIB);
        return free < LITTLE_MEMORY_GIB
                ? Finding.bad("memory", value, "close other programs: large cases need several GiB")
                : Finding.ok("memory", value);
    }

    private static Finding swap(HostFacts host) {
        String value = format("%.1f GiB in use of %.1f", host.swapUsedBytes() / GIB, host.swapBytes() / GIB);
        return host.swapUsedBytes() / GIB > SWAP_GIB
                ? Finding.bad("swap", value, "free memory, then: sudo swapoff -a && sudo swapon -a")
                : Finding.ok("swap", value);
    }

    private static Finding hugePages(HostFacts host) {
        return Finding.ok("transparent huge pages", host.hugePages().orElse("not visible"));
    }

    private static Finding timer(Clock clock) {
        String value = format("reading takes %.0f ns, smallest step %.0f ns", clock.latencyNs(), clock.resolutionNs());
        return Math.max(clock.latencyNs(), clock.resolutionNs()) > COARSE_NS
                ? Finding.bad("timer", value, "choose the tsc clock source")
                : Finding.ok("timer", value);
    }

    private static Finding jdk() {
        return Finding.ok("JDK", System.getProperty("java.vm.name") + " " + Runtime.version());
    }

    private static Finding disk(OptionalLong freeBytes) {
        if (freeBytes.isEmpty()) {
            return Finding.warning("disk", "free space unknown", null);
        }
        String value = format("%.1f GiB free for results", freeBytes.getAsLong() / GIB);
        return freeBytes.getAsLong() / GIB < LITTLE_DISK_GIB
                ? Finding.bad("disk", value, "free space, or write elsewhere with --out")
                : Finding.ok("disk", value);
    }

    private static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }
}
