package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Format;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A made-up CPU of plausible speed. */
final class SyntheticContext {
    private SyntheticContext() {}

    static Context context() {
        return of("88c199d0".repeat(5), "1f".repeat(32));
    }

    /** A made-up GPU, named so that nobody takes it for one. */
    static Context gpu() {
        return on("gpu", "Made-up GPU");
    }

    /** What only plays a GPU. */
    static Context emulated() {
        return on(Context.EMULATED, "Ridgepoint emulated");
    }

    private static Context on(String kind, String name) {
        return on(kind, name, context().peaks());
    }

    /** A device of that kind and name, with these ceilings. */
    static Context on(String kind, String name, Context.Peaks peaks) {
        Context cpu = context();
        return new Context(
                cpu.schema(),
                new Context.Device(
                        kind,
                        name,
                        "sm_90",
                        "ef".repeat(32),
                        List.of(),
                        List.of("bf16", "fp16", "fp32", "int8"),
                        132,
                        52_428_800L,
                        85_899_345_920L,
                        Map.of()),
                cpu.software(),
                cpu.host(),
                cpu.build(),
                peaks,
                cpu.observed(),
                cpu.doctor(),
                unknown(cpu.unknown(), peaks.measured()));
    }

    private static Map<String, String> unknown(Map<String, String> ofCpu, Context.Measured measured) {
        Map<String, String> unknown = new TreeMap<>(ofCpu);
        if (measured == null) {
            unknown.put("/peaks/measured", "what only plays a device has no speed");
        } else if (measured.readGigabytesPerSecond() == null) {
            unknown.put("/peaks/measured/readGigabytesPerSecond", "its probe failed");
        }
        return unknown;
    }

    /** The same with another build. */
    static Context of(String commit, String library) {
        return new Context(
                Format.VERSION,
                new Context.Device(
                        "cpu",
                        "Intel Xeon Platinum 8481C",
                        "x86-64-v4",
                        "ab".repeat(32),
                        List.of("amx_bf16", "amx_int8", "avx512_vnni"),
                        List.of("bf16", "fp32", "int8"),
                        2,
                        110_100_480L,
                        25_769_803_776L,
                        Map.of()),
                new Context.Software(
                        "17.0.17",
                        "OpenJDK 64-Bit Server VM 17.0.17",
                        List.of("-Xmx2g"),
                        "Debian GNU/Linux 12",
                        "6.1.0",
                        "glibc 2.36",
                        Map.of("oneDNN", "3.11.0", "oneDNN isa", "avx10_1_512_amx", "threads", "1")),
                new Context.Host("Intel Xeon Platinum 8481C", 1, 2, 25_769_803_776L, null, null, "kvm"),
                new Context.Build(commit, false, "cd".repeat(32), Map.of("libridgepoint.so", library)),
                new Context.Peaks(
                        null,
                        new Context.Measured(
                                Map.of("fp32", 131.5, "bf16", 1030.0, "fp16", 98.0, "int8", 1985.0),
                                12.1,
                                10.4,
                                11.0,
                                812.5,
                                1,
                                "1024^3 products and a 1 GiB array, best of 5")),
                new Context.Observed(0.25, 20_000_000_000L, 1.0, 24.5),
                List.of(
                        new Context.DoctorFinding("ok", "2 cores, load 0.25", null),
                        new Context.DoctorFinding(
                                "warning", "the machine is virtual", "expect wider intervals; use more forks")),
                Map.of(
                        "/host/governor", "no cpufreq in a virtual machine",
                        "/host/turbo", "no cpufreq in a virtual machine",
                        "/peaks/declared", "a CPU's peaks are measured",
                        "/doctor/0/fix", "nothing is wrong"));
    }
}
