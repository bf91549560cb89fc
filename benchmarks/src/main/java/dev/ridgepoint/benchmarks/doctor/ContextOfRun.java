package dev.ridgepoint.benchmarks.doctor;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.peaks.DevicePeak;
import dev.ridgepoint.kernels.peaks.DevicePeaks;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Format;
import dev.ridgepoint.results.json.Sha256;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Puts together {@code context.json}; whatever could not be found out is null and gets a reason. */
public final class ContextOfRun {
    /** Property of the device that names its backend. */
    public static final String BACKEND = "backend";

    /** Property of the device that names its driver, where it has one. */
    public static final String DRIVER = "driver";

    /** What {@code software.backend} calls the version of a GPU's driver. */
    private static final String DRIVER_VERSION = "driver version";

    private static final String HYPERVISOR = "a hypervisor";

    private final HostFiles files = HostFiles.ofThisMachine();
    private final Map<String, String> unknown = new TreeMap<>();

    private ContextOfRun() {}

    /**
     * The context of a run on this machine.
     *
     * @param measured the ceilings measured just now, or null
     * @param jvmFlags flags of the forks
     */
    public static Context of(
            Device device, Doctor doctor, Context.Measured measured, BuildInfo build, List<String> jvmFlags) {
        return new ContextOfRun().assemble(device, doctor, measured, build, jvmFlags);
    }

    /**
     * What of a context can be told without opening a device, by where it stands there; what is not visible is left out.
     *
     * @param ofHost whether the device is a processor of this host, so that it is known by the machine it is in
     */
    public static Map<String, String> withoutDevice(BuildInfo build, boolean ofHost) {
        ContextOfRun here = new ContextOfRun();
        Map<String, String> facts = new TreeMap<>();
        facts.put("/software/jdk", jdk());
        facts.put("/software/vm", vm());
        here.operatingSystem().ifPresent(name -> facts.put("/software/os", name));
        facts.put("/software/kernel", System.getProperty("os.version"));
        facts.put("/host/cpu", HostFacts.read(here.files, 1).processor());
        NvidiaModule.version(here.files)
                .ifPresent(version -> facts.put("/software/backend/" + DRIVER_VERSION, version));
        build.gitSha().ifPresent(sha -> facts.put("/build/gitSha", sha));
        facts.put("/build/jarSha256", build.digest());
        if (ofHost) {
            here.machine().ifPresent(id -> facts.put("/device/uuidSha256", Sha256.hex(id)));
        }
        return facts;
    }

    private Context assemble(
            Device device, Doctor doctor, Context.Measured measured, BuildInfo build, List<String> jvmFlags) {
        HostFacts host = doctor.host();
        return new Context(
                Format.VERSION,
                device(device, host),
                software(device, jvmFlags),
                host(host),
                new Context.Build(
                        orUnknown("/build/gitSha", build.gitSha(), "not run from a git working tree"),
                        orUnknown("/build/gitDirty", build.gitDirty(), "not run from a git working tree"),
                        build.digest(),
                        device.artifacts()),
                new Context.Peaks(
                        declared(device),
                        orUnknown("/peaks/measured", Optional.ofNullable(measured), whyNotMeasured(device))),
                new Context.Observed(
                        orUnknown("/observed/load1", host.load1(), "not visible"),
                        host.memoryAvailableBytes().isPresent()
                                ? host.memoryAvailableBytes().getAsLong()
                                : orUnknown("/observed/memoryAvailableBytes", Optional.empty(), "not visible"),
                        doctor.clock().resolutionNs(),
                        doctor.clock().latencyNs()),
                doctor.findings().stream().map(ContextOfRun::finding).toList(),
                unknown);
    }

    private Context.Device device(Device device, HostFacts host) {
        DeviceTraits traits = device.traits();
        Map<String, String> properties = new TreeMap<>(device.properties());
        properties.put(BACKEND, device.backend());
        if (device.driver() != null) {
            properties.put(DRIVER, device.driver());
        }
        return new Context.Device(
                kind(device),
                traits.name(),
                traits.arch(),
                orUnknown("/device/uuidSha256", id(device).map(Sha256::hex), "it has no id"),
                List.copyOf(traits.features()),
                traits.nativeTypes().stream().map(DType::id).toList(),
                traits.units(),
                traits.lastLevelCacheBytes(),
                device.memoryBytes().isPresent()
                        ? (Long) device.memoryBytes().getAsLong()
                        : memory("/device/memoryBytes", host),
                properties);
    }

    /** What a table must not be mistaken for. */
    private static String kind(Device device) {
        if (device.driver() == null) {
            return "cpu";
        }
        return device.counters().isPresent() ? Context.EMULATED : "gpu";
    }

    /** A processor of the host is known by the machine it is in. */
    private Optional<String> id(Device device) {
        return device.driver() == null ? machine() : device.uuid();
    }

    private Optional<String> machine() {
        return files.read("etc/machine-id").filter(id -> !id.isEmpty());
    }

    private Context.Declared declared(Device device) {
        if (device.driver() == null) {
            return orUnknown("/peaks/declared", Optional.empty(), "a CPU's maker declares no dense rates by type");
        }
        return orUnknown(
                "/peaks/declared",
                DevicePeaks.load().find(device.traits().name()).map(ContextOfRun::declared),
                "the table of declared peaks has no " + device.traits().name());
    }

    private static Context.Declared declared(DevicePeak peak) {
        Map<String, Double> gflops = new TreeMap<>();
        peak.denseTflops().forEach((type, tflops) -> gflops.put(type.id(), 1e3 * tflops));
        String sources = peak.sources().stream()
                .map(source -> source.of() + ": " + source.title() + " " + source.url())
                .collect(Collectors.joining("; "));
        return new Context.Declared(gflops, 1e3 * peak.bandwidthTbs(), sources);
    }

    private static String whyNotMeasured(Device device) {
        return device.counters().isPresent() ? "what only plays a device has no speed" : "not measured";
    }

    private Context.Software software(Device device, List<String> jvmFlags) {
        return new Context.Software(
                jdk(),
                vm(),
                jvmFlags,
                orUnknown("/software/os", operatingSystem(), "no /etc/os-release"),
                System.getProperty("os.version"),
                orUnknown(
                        "/software/libc",
                        Command.output(5, TimeUnit.SECONDS, "getconf", "GNU_LIBC_VERSION"),
                        "getconf does not know"),
                stack(device));
    }

    /** What lies under the kernels; of a real GPU, its driver's own version too. */
    private Map<String, String> stack(Device device) {
        Map<String, String> stack = new TreeMap<>(device.stack());
        if (kind(device).equals("gpu")) {
            NvidiaModule.version(files).ifPresent(version -> stack.put(DRIVER_VERSION, version));
        }
        return stack;
    }

    private static String jdk() {
        return System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vendor") + ")";
    }

    private static String vm() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version");
    }

    private Optional<String> operatingSystem() {
        return files.read("etc/os-release")
                .flatMap(text -> text.lines()
                        .filter(line -> line.startsWith("PRETTY_NAME="))
                        .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                        .findFirst());
    }

    private Context.Host host(HostFacts host) {
        Optional<String> governors =
                Optional.of(String.join(", ", host.governors())).filter(names -> !names.isEmpty());
        return new Context.Host(
                host.processor(),
                host.usableCores(),
                host.usableThreads(),
                memory("/host/memoryBytes", host),
                orUnknown("/host/governor", governors, "not visible"),
                orUnknown("/host/turbo", host.turbo(), "not visible"),
                host.hypervisor() ? HYPERVISOR : "none");
    }

    private Long memory(String pointer, HostFacts host) {
        return host.memoryBytes().isPresent()
                ? (Long) host.memoryBytes().getAsLong()
                : orUnknown(pointer, Optional.<Long>empty(), "not visible");
    }

    private static Context.DoctorFinding finding(Finding finding) {
        return new Context.DoctorFinding(
                finding.level().name().toLowerCase(Locale.ROOT), finding.sentence(), finding.fix());
    }

    private <T> T orUnknown(String pointer, Optional<T> value, String reason) {
        if (value.isEmpty()) {
            unknown.put(pointer, reason);
        }
        return value.orElse(null);
    }
}
