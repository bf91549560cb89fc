package dev.ridgepoint.benchmarks.doctor;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Linux says about the machine; a fact that is not visible (in a container, under a hypervisor) is empty.
 *
 * @param processor model name
 * @param onlineThreads hardware threads of the machine
 * @param usableThreads those this process may use
 * @param usableCores distinct cores among the online threads, capped by the usable ones
 * @param siblingsActive whether two hardware threads share a core
 * @param governors frequency governors in use
 * @param turbo whether clocks may rise above the nominal one
 * @param numaNodes memory nodes
 * @param hypervisor whether we run in a virtual machine
 * @param hugePages how transparent huge pages are handed out
 */
public record HostFacts(
        String processor,
        int onlineThreads,
        int usableThreads,
        int usableCores,
        boolean siblingsActive,
        Set<String> governors,
        Optional<Boolean> turbo,
        int numaNodes,
        boolean hypervisor,
        Optional<String> hugePages,
        OptionalLong memoryBytes,
        OptionalLong memoryAvailableBytes,
        long swapBytes,
        long swapUsedBytes,
        Optional<Double> load1) {

    private static final String CPU = "sys/devices/system/cpu/";
    private static final Pattern CHOSEN = Pattern.compile("\\[(\\w+)]");

    /** Reads the facts; never fails, for the files are Linux's to offer. */
    static HostFacts read(HostFiles host, int usableThreads) {
        int online = count(host, "processor");
        return new HostFacts(
                host.field("proc/cpuinfo", "model name").orElse("unknown"),
                online,
                usableThreads,
                Math.min(cores(host, online), usableThreads),
                host.read(CPU + "smt/active").map("1"::equals).orElse(false),
                governors(host),
                turbo(host),
                (int) host.list("sys/devices/system/node").stream()
                        .filter(name -> name.matches("node\\d+"))
                        .count(),
                host.field("proc/cpuinfo", "flags")
                        .map(flags -> (flags + " ").contains(" hypervisor "))
                        .orElse(false),
                host.read("sys/kernel/mm/transparent_hugepage/enabled")
                        .map(CHOSEN::matcher)
                        .filter(Matcher::find)
                        .map(chosen -> chosen.group(1)),
                memory(host, "MemTotal"),
                memory(host, "MemAvailable"),
                memory(host, "SwapTotal").orElse(0),
                memory(host, "SwapTotal").orElse(0) - memory(host, "SwapFree").orElse(0),
                host.read("proc/loadavg").map(load -> Double.valueOf(load.split(" ")[0])));
    }

    private static int count(HostFiles host, String key) {
        return host.read("proc/cpuinfo")
                .map(text ->
                        (int) text.lines().filter(line -> line.startsWith(key)).count())
                .orElse(0);
    }

    private static int cores(HostFiles host, int online) {
        Set<String> cores = new TreeSet<>();
        for (String cpu : host.list(CPU)) {
            if (cpu.matches("cpu\\d+")) {
                String topology = CPU + cpu + "/topology/";
                host.read(topology + "core_id")
                        .ifPresent(core -> cores.add(
                                host.read(topology + "physical_package_id").orElse("0") + "/" + core));
            }
        }
        return cores.isEmpty() ? online : cores.size();
    }

    private static Set<String> governors(HostFiles host) {
        Set<String> governors = new TreeSet<>();
        for (String cpu : host.list(CPU)) {
            if (cpu.matches("cpu\\d+")) {
                host.read(CPU + cpu + "/cpufreq/scaling_governor").ifPresent(governors::add);
            }
        }
        return governors;
    }

    private static Optional<Boolean> turbo(HostFiles host) {
        Optional<Boolean> intel = host.read(CPU + "intel_pstate/no_turbo").map("0"::equals);
        return intel.isPresent() ? intel : host.read(CPU + "cpufreq/boost").map("1"::equals);
    }

    private static OptionalLong memory(HostFiles host, String key) {
        Optional<String> kibibytes = host.field("proc/meminfo", key).map(value -> value.split(" ")[0]);
        return kibibytes.isPresent() ? OptionalLong.of(1024 * Long.parseLong(kibibytes.get())) : OptionalLong.empty();
    }
}
