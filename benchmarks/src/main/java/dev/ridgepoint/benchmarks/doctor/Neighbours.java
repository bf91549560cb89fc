package dev.ridgepoint.benchmarks.doctor;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What other processes took of this machine while we watched.
 *
 * @param cores processor time a second, all other processes together
 * @param busiest name and id of the one that took most, or null where none took any
 * @param stolenCores processor time a second that the hypervisor gave to other guests
 */
public record Neighbours(double cores, String busiest, double stolenCores) {
    /** Linux accounts processor time to user space in hundredths of a second on every architecture we run on. */
    static final double TICKS_A_SECOND = 100;

    /** Watches for so long. */
    static Neighbours watch(HostFiles host, long ownPid, long millis) {
        Map<Long, Double> before = ticksByProcess(host);
        double stolenBefore = stolenTicks(host);
        long start = System.nanoTime();
        sleep(millis);
        double seconds = (System.nanoTime() - start) / 1e9;
        Map<Long, Double> used = new HashMap<>();
        ticksByProcess(host).forEach((pid, ticks) -> {
            double cores = (ticks - before.getOrDefault(pid, ticks)) / TICKS_A_SECOND / seconds;
            if (pid != ownPid && cores > 0) {
                used.put(pid, cores);
            }
        });
        return new Neighbours(
                used.values().stream().mapToDouble(Double::doubleValue).sum(),
                used.entrySet().stream()
                        .max(Comparator.comparingDouble(Map.Entry::getValue))
                        .map(most -> host.read("proc/" + most.getKey() + "/comm")
                                        .orElse("?") + " (process " + most.getKey() + ")")
                        .orElse(null),
                (stolenTicks(host) - stolenBefore) / TICKS_A_SECOND / seconds);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static double stolenTicks(HostFiles host) {
        return host.read("proc/stat")
                .flatMap(text -> text.lines().findFirst())
                .map(line -> line.trim().split("\\s+"))
                .filter(fields -> fields.length > 8)
                .map(fields -> Double.parseDouble(fields[8]))
                .orElse(0.0);
    }

    private static Map<Long, Double> ticksByProcess(HostFiles host) {
        Map<Long, Double> ticks = new HashMap<>();
        for (String name : host.list("proc")) {
            if (Character.isDigit(name.charAt(0))) {
                ticks(host, name).ifPresent(value -> ticks.put(Long.parseLong(name), value));
            }
        }
        return ticks;
    }

    /** User and system time; the command in brackets may hold anything, so fields count from the last bracket. */
    private static Optional<Double> ticks(HostFiles host, String pid) {
        return host.read("proc/" + pid + "/stat")
                .map(stat -> stat.substring(stat.lastIndexOf(')') + 1).trim().split(" "))
                .filter(fields -> fields.length > 12)
                .map(fields -> Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]));
    }
}
