package dev.ridgepoint.benchmarks.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.ridgepoint.benchmarks.doctor.Finding.Level;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    private static final Neighbours QUIET = new Neighbours(0, null, 0);
    private static final Clock FINE = new Clock(20, 20);
    private static final OptionalLong ROOMY = OptionalLong.of(1L << 40);

    @TempDir
    private Path root;

    @Test
    void readsABareMachineThatIsReady() throws IOException {
        bareMachine();
        HostFacts host = facts(4);
        assertEquals("Model X", host.processor());
        assertEquals(4, host.onlineThreads());
        assertEquals(2, host.usableCores(), "two cores of two threads each");
        assertEquals(Set.of("performance"), host.governors());
        assertEquals(Boolean.FALSE, host.turbo().orElseThrow());
        assertFalse(host.hypervisor());
        assertEquals(16L << 30, host.memoryBytes().orElseThrow());
        assertEquals(0, host.swapUsedBytes());
        assertEquals("madvise", host.hugePages().orElseThrow());
        assertEquals(0.25, host.load1().orElseThrow());
        Map<String, Finding> findings = judged(host, QUIET, FINE, ROOMY);
        assertEquals(Level.OK, findings.get("governor").level());
        assertEquals(Level.OK, findings.get("memory").level());
        assertEquals(Level.WARNING, findings.get("hyper-threading").level());
        assertTrue(findings.values().stream().noneMatch(finding -> finding.level() == Level.BAD), findings::toString);
    }

    @Test
    void everythingWrongIsBadAndComesWithAFix() throws IOException {
        bareMachine();
        write("sys/devices/system/cpu/cpu1/cpufreq/scaling_governor", "powersave");
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "0");
        write("sys/devices/system/node/node1/x", "");
        write(
                "proc/meminfo",
                "MemTotal: 4194304 kB\nMemAvailable: 1048576 kB\nSwapTotal: 2097152 kB\nSwapFree: 1 kB\n");
        Map<String, Finding> findings = judged(
                facts(1), new Neighbours(1.7, "java (process 7)", 0.3), new Clock(2000, 20), OptionalLong.of(1 << 20));
        for (String name :
                List.of("governor", "cores", "other processes", "stolen time", "memory", "swap", "timer", "disk")) {
            assertEquals(Level.BAD, findings.get(name).level(), name);
            assertNotNull(findings.get(name).fix(), name);
        }
        assertEquals(Level.WARNING, findings.get("turbo").level());
        assertEquals(Level.WARNING, findings.get("NUMA").level());
        assertTrue(findings.get("governor").value().contains("powersave"));
        assertTrue(findings.get("other processes").value().contains("java (process 7)"));
    }

    @Test
    void moreJobsThanProcessorsIsNoQuietMachine() throws IOException {
        bareMachine();
        write("proc/loadavg", "4.00 0.5 1 1/100 7");
        assertEquals(
                Level.OK,
                judged(facts(4), QUIET, FINE, ROOMY).get("load average").level());
        write("proc/loadavg", "26.9 0.5 1 1/100 7");
        Finding load = judged(facts(4), QUIET, FINE, ROOMY).get("load average");
        assertEquals(Level.WARNING, load.level());
        assertEquals("26.9 over a minute on 4 processors", load.value());
    }

    @Test
    void aMachineThatShowsNothingIsNoError() {
        Map<String, Finding> findings = judged(facts(2), QUIET, FINE, OptionalLong.empty());
        assertEquals(Level.WARNING, findings.get("governor").level());
        assertEquals("not visible", findings.get("turbo").value());
    }

    @Test
    void seesAVirtualMachine() throws IOException {
        bareMachine();
        write("proc/cpuinfo", "processor : 0\nflags : fpu hypervisor\n");
        assertEquals(
                Level.WARNING,
                judged(facts(1), QUIET, FINE, ROOMY).get("virtualisation").level());
    }

    @Test
    void countsWhatOthersTakeAndNotWhatWeTake() throws IOException {
        bareMachine();
        write("proc/1/stat", "1 (a) b) S 0 0 0 0 0 0 0 0 0 0 100 50 0");
        write("proc/2/stat", "2 (self) S 0 0 0 0 0 0 0 0 0 0 100 50 0");
        write("proc/stat", "cpu  1 2 3 4 5 6 7 10 0");
        Thread busy = new Thread(() -> {
            sleep(30);
            writeQuietly("proc/1/stat", "1 (a) b) S 0 0 0 0 0 0 0 0 0 0 110 60 0");
            writeQuietly("proc/1/comm", "chess");
            writeQuietly("proc/2/stat", "2 (self) S 0 0 0 0 0 0 0 0 0 0 900 900 0");
            writeQuietly("proc/stat", "cpu  1 2 3 4 5 6 7 20 0");
        });
        busy.start();
        Neighbours neighbours = Neighbours.watch(new HostFiles(root), 2, 400);
        assertEquals("chess (process 1)", neighbours.busiest());
        // 20 ticks are 0.2 s, over 0.4 s or a little more.
        assertTrue(neighbours.cores() > 0.1 && neighbours.cores() <= 0.5, neighbours::toString);
        assertTrue(neighbours.stolenCores() > 0.05 && neighbours.stolenCores() <= 0.25, neighbours::toString);
    }

    @Test
    void sumsThrottlingOverCoresWhereItIsCounted() throws IOException {
        OptionalLong none = Throttling.events(new HostFiles(root));
        assertTrue(none.isEmpty());
        write("sys/devices/system/cpu/cpu0/thermal_throttle/core_throttle_count", "3");
        write("sys/devices/system/cpu/cpu1/thermal_throttle/core_throttle_count", "4");
        OptionalLong seven = Throttling.events(new HostFiles(root));
        assertEquals(7, seven.orElseThrow());
        HostFiles host = new HostFiles(root);
        assertEquals("no", HostSample.since(seven, host).throttled());
        assertEquals("yes", HostSample.since(OptionalLong.of(6), host).throttled());
        assertEquals("unknown", HostSample.since(none, host).throttled());
    }

    @Test
    void readsTheProcessorsTemperatureAndNoOther() throws IOException {
        Path none = root.resolve("none.json");
        HostSample.since(OptionalLong.empty(), new HostFiles(root)).write(none);
        assertFalse(Files.exists(none), "a machine that tells nothing leaves no file");
        write("sys/class/thermal/thermal_zone0/type", "acpitz");
        write("sys/class/thermal/thermal_zone0/temp", "99000");
        write("sys/class/thermal/thermal_zone1/type", "x86_pkg_temp");
        write("sys/class/thermal/thermal_zone1/temp", "61000");
        write("sys/class/hwmon/hwmon3/name", "k10temp");
        write("sys/class/hwmon/hwmon3/temp1_input", "70500");
        Path some = root.resolve("some.json");
        HostSample.since(OptionalLong.empty(), new HostFiles(root)).write(some);
        assertEquals("{\"throttleEvents\":null,\"temperatureC\":70.5}\n", Files.readString(some));
    }

    /** Of 40 ticks that passed 10 were ours and our ended forks'; the idle ones are nobody's. */
    @Test
    void countsWhatOthersTakeWhileForksRun() throws IOException {
        assertTrue(OthersTime.watch(new HostFiles(root)).cores().isEmpty(), "a machine that tells nothing");
        write("proc/stat", "cpu  100 10 50 9000 70 1 2 3 0 0\ncpu0 1 2 3");
        write("proc/self/stat", "9 (a) b) S 0 0 0 0 0 0 0 0 0 0 20 5 200 30 0");
        OthersTime watch = OthersTime.watch(new HostFiles(root));
        sleep(200);
        write("proc/stat", "cpu  120 12 61 9500 90 2 4 7 0 0\ncpu0 1 2 3");
        write("proc/self/stat", "9 (a) b) S 0 0 0 0 0 0 0 0 0 0 21 6 205 33 0");
        double others = watch.cores().orElseThrow();
        // 30 ticks are 0.3 s, over 0.2 s or a little more.
        assertTrue(others > 0.3 && others <= 1.5, () -> others + " cores");
        Path sample = root.resolve("sample.json");
        HostSample.since(OptionalLong.empty(), new HostFiles(root))
                .beside(OptionalDouble.of(0.25))
                .write(sample);
        assertEquals(
                "{\"throttleEvents\":null,\"temperatureC\":null,\"othersCores\":0.250}\n", Files.readString(sample));
    }

    @Test
    void probesThisMachineWithoutFailing() {
        Doctor doctor = Doctor.examine(root);
        assertTrue(doctor.clock().latencyNs() > 0 && doctor.clock().resolutionNs() > 0);
        assertTrue(doctor.findings().size() > 10);
    }

    private void bareMachine() throws IOException {
        write(
                "proc/cpuinfo",
                "processor : 0\nmodel name : Model X\nflags : fpu avx2\n\nprocessor : 1\nprocessor : 2\n"
                        + "processor : 3\n");
        for (int cpu = 0; cpu < 4; cpu++) {
            String folder = "sys/devices/system/cpu/cpu" + cpu;
            write(folder + "/topology/core_id", Integer.toString(cpu / 2));
            write(folder + "/topology/physical_package_id", "0");
            write(folder + "/cpufreq/scaling_governor", "performance");
        }
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "1");
        write("sys/devices/system/cpu/smt/active", "1");
        write("sys/devices/system/node/node0/x", "");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        write(
                "proc/meminfo",
                "MemTotal:       16777216 kB\nMemAvailable:   12582912 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n");
        write("proc/loadavg", "0.25 0.5 1 1/100 7");
    }

    private HostFacts facts(int usableThreads) {
        return HostFacts.read(new HostFiles(root), usableThreads);
    }

    private static Map<String, Finding> judged(HostFacts host, Neighbours others, Clock clock, OptionalLong disk) {
        return HealthCheck.of(host, others, clock, disk).stream()
                .collect(Collectors.toMap(Finding::name, finding -> finding));
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private void writeQuietly(String path, String text) {
        try {
            write(path, text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
