package dev.ridgepoint.results;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.json.CanonicalJson;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code context.json}: everything besides the question and the kernel that decides a time. What could not be found out
 * is null and {@code unknown} says why.
 *
 * @param schema version of this format
 * @param device what kernels ran on
 * @param software what lay under them
 * @param host the machine around it
 * @param build what was run
 * @param peaks the ceilings, declared and measured
 * @param observed what changes from minute to minute, as found at the start
 * @param doctor what the health check found
 * @param unknown a reason for each null, by JSON pointer
 */
public record Context(
        String schema,
        Device device,
        Software software,
        Host host,
        Build build,
        Peaks peaks,
        Observed observed,
        List<DoctorFinding> doctor,
        Map<String, String> unknown) {

    /** The kind of a device that is only played. */
    public static final String EMULATED = "emulated";

    /** What the names of such devices begin with. */
    public static final String EMULATED_NAME = "Ridgepoint emulated";

    public Context {
        doctor = List.copyOf(doctor);
        unknown = sorted(unknown);
    }

    /**
     * The device.
     *
     * @param kind {@code cpu}, {@code gpu}, or {@code emulated} for what only plays a GPU: a table of the one must not be
     *     read as that of another
     * @param name the device's own name
     * @param arch {@code x86-64-v4}, {@code sm_90a}
     * @param uuidSha256 digest of the device's UUID, on a CPU of the machine id: equal on the same device, tells nothing
     *     else
     * @param features further features by name
     * @param nativeTypes types the multiplier takes without converting
     * @param units SMs of a GPU, hardware threads of a CPU
     * @param lastLevelCacheBytes L2 of a GPU, L3 of a CPU
     * @param memoryBytes memory kernels can reach
     * @param properties what else tells devices apart: VBIOS, ECC, MIG, PCIe, persistence
     */
    public record Device(
            String kind,
            String name,
            String arch,
            String uuidSha256,
            List<String> features,
            List<String> nativeTypes,
            Integer units,
            Long lastLevelCacheBytes,
            Long memoryBytes,
            Map<String, String> properties) {
        public Device {
            features = features.stream().sorted().toList();
            nativeTypes = nativeTypes.stream().sorted().toList();
            properties = sorted(properties);
        }

        /** Whether it only plays a device, by what it says or by its name: it has counters then, and no time. */
        public boolean emulated() {
            return kind.equals(EMULATED) || name.startsWith(EMULATED_NAME);
        }
    }

    /**
     * The stack.
     *
     * @param jdk version and vendor of the JDK that ran the forks
     * @param vm name and version of its virtual machine
     * @param jvmFlags flags of the forks
     * @param os distribution
     * @param kernel kernel release
     * @param libc name and version
     * @param backend versions, instruction set and threads of the libraries under the kernels
     */
    public record Software(
            String jdk,
            String vm,
            List<String> jvmFlags,
            String os,
            String kernel,
            String libc,
            Map<String, String> backend) {
        public Software {
            jvmFlags = List.copyOf(jvmFlags);
            backend = sorted(backend);
        }
    }

    /**
     * The machine.
     *
     * @param cpu model name
     * @param physicalCores cores this process may use
     * @param logicalCores hardware threads this process may use
     * @param memoryBytes main memory
     * @param governor frequency governor
     * @param turbo whether clocks may rise above the nominal one
     * @param virtualised {@code none}, or what the machine runs under
     */
    public record Host(
            String cpu,
            Integer physicalCores,
            Integer logicalCores,
            Long memoryBytes,
            String governor,
            Boolean turbo,
            String virtualised) {}

    /**
     * What was run.
     *
     * @param gitSha commit
     * @param gitDirty whether files differed from it
     * @param jarSha256 digest of the jar
     * @param artifacts digest of each library and cubin, by name
     */
    public record Build(String gitSha, Boolean gitDirty, String jarSha256, Map<String, String> artifacts) {
        public Build {
            artifacts = sorted(artifacts);
        }

        /** Why a run of it can be no base of a gate, in words: nobody could build it again; null where its commit tells. */
        public String noBase() {
            if (gitDirty == null) {
                return "nobody knows what commit it is of";
            }
            return gitDirty ? "the working tree was dirty" : null;
        }
    }

    /** Ceilings; either may be null. */
    public record Peaks(Declared declared, Measured measured) {}

    /**
     * What the maker says; dense rates.
     *
     * @param gflops 10^9 operations a second by type
     * @param gigabytesPerSecond memory bandwidth
     * @param source where it says so
     */
    public record Declared(Map<String, Double> gflops, Double gigabytesPerSecond, String source) {
        public Declared {
            gflops = sorted(gflops);
        }
    }

    /**
     * What this device was seen to do.
     *
     * @param gflops 10^9 operations a second by type
     * @param readGigabytesPerSecond sum of an array beyond the last cache
     * @param copyGigabytesPerSecond copy, counting bytes read and written
     * @param triadGigabytesPerSecond a = b + s*c, counting all three
     * @param callFloorNs an empty call
     * @param threads threads used
     * @param method how, in a sentence
     */
    public record Measured(
            Map<String, Double> gflops,
            Double readGigabytesPerSecond,
            Double copyGigabytesPerSecond,
            Double triadGigabytesPerSecond,
            Double callFloorNs,
            Integer threads,
            String method) {
        public Measured {
            gflops = sorted(gflops);
        }
    }

    /**
     * The state of the machine when the run began; never part of its identity.
     *
     * @param load1 load average over a minute
     * @param memoryAvailableBytes memory free or freeable
     * @param timerResolutionNs smallest step of the clock
     * @param timerLatencyNs what asking the clock costs
     */
    public record Observed(Double load1, Long memoryAvailableBytes, Double timerResolutionNs, Double timerLatencyNs) {}

    /**
     * One finding of the health check.
     *
     * @param level {@code ok}, {@code warning} or {@code bad}
     * @param what what was found, a sentence
     * @param fix what to do about it, null where nothing is wrong
     */
    public record DoctorFinding(String level, String what, String fix) {}

    /** The digest that {@code result.json} names. */
    public String sha256() {
        return CanonicalJson.sha256(Records.toJson(this));
    }

    /**
     * What must be equal for two runs to be parts of one: device, software, host, build and declared peaks. Load,
     * measured peaks and findings change from minute to minute and are left out.
     */
    public ObjectNode identity() {
        ObjectNode json = Records.toJson(this);
        json.remove("observed");
        json.remove("doctor");
        json.remove("unknown");
        json.withObject("/peaks").remove("measured");
        return json;
    }

    private static <V> Map<String, V> sorted(Map<String, V> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }
}
