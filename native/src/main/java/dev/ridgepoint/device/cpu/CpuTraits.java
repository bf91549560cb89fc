package dev.ridgepoint.device.cpu;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.kernels.catalog.DeviceTraits;
import dev.ridgepoint.kernels.precision.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Reads what kernels must know of this CPU from the kernel's own files. */
final class CpuTraits {
    private static final Path CPUINFO = Path.of("/proc/cpuinfo");
    private static final Path LAST_LEVEL = Path.of("/sys/devices/system/cpu/cpu0/cache/index3/size");
    private static final Path L2 = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");

    /** The flags each level of the x86-64 ABI adds, by their names in /proc/cpuinfo. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("cx16", "lahf_lm", "popcnt", "pni", "sse4_1", "sse4_2", "ssse3"),
            Set.of("avx", "avx2", "bmi1", "bmi2", "f16c", "fma", "abm", "movbe"),
            Set.of("avx512f", "avx512bw", "avx512cd", "avx512dq", "avx512vl"));

    /** Flags that decide which kernels run and how. */
    private static final Set<String> TELLING = Set.of(
            "sse4_1",
            "avx2",
            "fma",
            "f16c",
            "avx_vnni",
            "avx512f",
            "avx512bw",
            "avx512vl",
            "avx512_vnni",
            "avx512_bf16",
            "avx512_fp16",
            "amx_tile",
            "amx_int8",
            "amx_bf16",
            "amx_fp16");

    private CpuTraits() {}

    static DeviceTraits ofThisMachine() {
        try {
            Path cache = Files.exists(LAST_LEVEL) ? LAST_LEVEL : L2;
            String size = Files.exists(cache) ? Files.readString(cache) : "0K";
            return parse(Files.readString(CPUINFO), size, Runtime.getRuntime().availableProcessors());
        } catch (IOException e) {
            throw new DeviceException("cannot read what this CPU is: " + e.getMessage(), e);
        }
    }

    static DeviceTraits parse(String cpuinfo, String cacheSize, int threads) {
        Set<String> flags = Set.of(field(cpuinfo, "flags").split("\\s+"));
        Set<String> features = new TreeSet<>(TELLING);
        features.retainAll(flags);
        return new DeviceTraits(
                field(cpuinfo, "model name"),
                arch(flags),
                nativeTypes(flags),
                threads,
                0,
                cacheBytes(cacheSize.strip()),
                features);
    }

    private static String field(String cpuinfo, String name) {
        for (String line : cpuinfo.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(name)) {
                return line.substring(colon + 1).strip();
            }
        }
        throw new DeviceException("/proc/cpuinfo has no line '" + name + "': is this an x86-64 Linux?");
    }

    private static String arch(Set<String> flags) {
        int level = 1;
        while (level <= LEVELS.size() && flags.containsAll(LEVELS.get(level - 1))) {
            level++;
        }
        return level == 1 ? "x86-64" : "x86-64-v" + level;
    }

    /** Types a multiply-add instruction takes as they are. */
    private static Set<DType> nativeTypes(Set<String> flags) {
        Set<DType> types = EnumSet.of(DType.FP64, DType.FP32);
        if (flags.contains("avx512_bf16") || flags.contains("amx_bf16")) {
            types.add(DType.BF16);
        }
        if (flags.contains("avx512_fp16") || flags.contains("amx_fp16")) {
            types.add(DType.FP16);
        }
        if (flags.contains("avx512_vnni") || flags.contains("avx_vnni") || flags.contains("amx_int8")) {
            types.add(DType.INT8);
        }
        return types;
    }

    /** {@code 32768K} or {@code 1M}. */
    private static long cacheBytes(String size) {
        long unit = size.endsWith("K") ? 1L << 10 : size.endsWith("M") ? 1L << 20 : 1;
        return unit * Long.parseLong(unit == 1 ? size : size.substring(0, size.length() - 1));
    }
}
