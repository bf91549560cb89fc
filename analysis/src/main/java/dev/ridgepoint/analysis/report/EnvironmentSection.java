package dev.ridgepoint.analysis.report;

import dev.ridgepoint.analysis.report.Html.Fact;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the run ran on, as the bundle's context says it; what could not be found out is listed with its reason. */
final class EnvironmentSection {
    /** Where the images of our CUDA kernels lie in a jar. */
    private static final String IMAGES = "kernels/";

    private EnvironmentSection() {}

    static String html(RunReport report) {
        Context context = report.context();
        StringBuilder out = new StringBuilder();
        out.append(doctor(context.doctor())).append("<div class=\"environment\">\n");
        out.append(Html.facts("Run", run(report.run())));
        out.append(Html.facts("Protocol", protocol(report.run().protocol())));
        out.append(Html.facts("Device", device(context.device())));
        out.append(Html.facts("Host", host(context)));
        out.append(Html.facts("Software", software(context.software())));
        out.append(Html.facts("Build", build(context.build())));
        out.append(Html.facts("Ceilings", ceilings(context.peaks())));
        if (!context.unknown().isEmpty()) {
            out.append(Html.facts("Not known, and why", entries(context.unknown())));
        }
        return out.append("</div>\n").toString();
    }

    private static String doctor(List<Context.DoctorFinding> findings) {
        if (findings.isEmpty()) {
            return "";
        }
        StringBuilder out =
                new StringBuilder("<h3>Health of the machine when the run began</h3><ul class=\"plain\">\n");
        for (Context.DoctorFinding finding : findings) {
            out.append("<li>")
                    .append(Html.element("span", "finding " + finding.level(), finding.level()))
                    .append(' ')
                    .append(Html.text(finding.what()))
                    .append(
                            finding.fix() == null
                                    ? ""
                                    : " <span class=\"soft\">Fix: " + Html.text(finding.fix()) + "</span>")
                    .append("</li>\n");
        }
        return out.append("</ul>\n").toString();
    }

    private static List<Fact> run(RunDocument run) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("run", run.runId()));
        facts.add(new Fact("run before", run.previousRunId()));
        facts.add(new Fact("status", run.status()));
        facts.add(new Fact("started", run.started()));
        facts.add(new Fact("ended", run.ended()));
        facts.add(new Fact("resumed", String.join(", ", run.resumed())));
        facts.add(new Fact("command line", String.join(" ", run.argv())));
        facts.add(new Fact("suite", run.suite()));
        facts.add(new Fact(
                "merged from",
                String.join(
                        ", ",
                        run.mergedFrom().stream().map(RunDocument.Part::runId).toList())));
        facts.add(new Fact("context", "SHA-256 " + run.contextSha256()));
        return facts;
    }

    private static List<Fact> protocol(RunDocument.Protocol protocol) {
        return List.of(
                new Fact("protocol", protocol.id()),
                new Fact("mode", protocol.mode()),
                new Fact("forks", protocol.forks() + (protocol.interleaved() ? ", interleaved across cases" : "")),
                new Fact(
                        "warm-up",
                        protocol.warmupIterations() + " iterations of " + protocol.warmupMillis() + " ms, kept"),
                new Fact(
                        "measurement",
                        protocol.measurementIterations() + " iterations of " + protocol.measurementMillis() + " ms"),
                new Fact("threads", Integer.toString(protocol.threads())),
                new Fact("digest", "SHA-256 " + protocol.sha256()));
    }

    private static List<Fact> device(Context.Device device) {
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("name", device.name()));
        facts.add(new Fact("kind", Caveat.of(device).isEmpty() ? device.kind() : Caveat.of(device)));
        facts.add(new Fact("architecture", device.arch()));
        facts.add(new Fact("units", string(device.units())));
        facts.add(new Fact("native types", String.join(", ", device.nativeTypes())));
        facts.add(new Fact("features", String.join(", ", device.features())));
        facts.add(new Fact("last-level cache", bytes(device.lastLevelCacheBytes())));
        facts.add(new Fact("memory", bytes(device.memoryBytes())));
        facts.add(new Fact("identity", device.uuidSha256() == null ? null : "SHA-256 " + device.uuidSha256()));
        facts.addAll(entries(device.properties()));
        return facts;
    }

    private static List<Fact> host(Context context) {
        Context.Host host = context.host();
        Context.Observed seen = context.observed();
        List<Fact> facts = new ArrayList<>();
        if (host != null) {
            facts.add(new Fact("CPU", host.cpu()));
            facts.add(new Fact("cores", string(host.physicalCores())));
            facts.add(new Fact("hardware threads", string(host.logicalCores())));
            facts.add(new Fact("memory", bytes(host.memoryBytes())));
            facts.add(new Fact("governor", host.governor()));
            facts.add(new Fact("turbo", host.turbo() == null ? null : host.turbo() ? "on" : "off"));
            facts.add(new Fact("virtualised", host.virtualised()));
        }
        if (seen != null) {
            facts.add(new Fact("load average", string(seen.load1())));
            facts.add(new Fact("memory free", bytes(seen.memoryAvailableBytes())));
            facts.add(new Fact("timer resolution", nanos(seen.timerResolutionNs())));
            facts.add(new Fact("timer latency", nanos(seen.timerLatencyNs())));
        }
        return facts;
    }

    private static List<Fact> software(Context.Software software) {
        if (software == null) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>(entries(software.backend()));
        facts.add(new Fact("JDK", software.jdk()));
        facts.add(new Fact("virtual machine", software.vm()));
        facts.add(new Fact("flags of forks", String.join(" ", software.jvmFlags())));
        facts.add(new Fact("operating system", software.os()));
        facts.add(new Fact("kernel", software.kernel()));
        facts.add(new Fact("libc", software.libc()));
        return facts;
    }

    private static List<Fact> build(Context.Build build) {
        if (build == null) {
            return List.of();
        }
        List<Fact> facts = new ArrayList<>();
        String dirty = Boolean.TRUE.equals(build.gitDirty()) ? ", with changes not committed" : "";
        facts.add(new Fact("commit", build.gitSha() == null ? null : build.gitSha() + dirty));
        facts.add(new Fact("jar", build.jarSha256() == null ? null : "SHA-256 " + build.jarSha256()));
        build.artifacts().forEach((name, digest) -> {
            if (!name.startsWith(IMAGES)) {
                facts.add(new Fact(name, "SHA-256 " + digest));
            }
        });
        long images = build.artifacts().keySet().stream()
                .filter(name -> name.startsWith(IMAGES))
                .count();
        if (images > 0) {
            facts.add(new Fact("kernel images", Numbers.count(images) + ", their digests in context.json"));
        }
        return facts;
    }

    private static List<Fact> ceilings(Context.Peaks peaks) {
        List<Fact> facts = new ArrayList<>();
        Context.Declared declared = peaks == null ? null : peaks.declared();
        Context.Measured measured = peaks == null ? null : peaks.measured();
        if (declared != null) {
            declared.gflops().forEach((type, rate) -> facts.add(new Fact("declared " + type, gflops(rate))));
            facts.add(new Fact("declared bandwidth", gigabytes(declared.gigabytesPerSecond())));
            facts.add(new Fact("declared by", declared.source()));
        }
        if (measured != null) {
            measured.gflops().forEach((type, rate) -> facts.add(new Fact("measured " + type, gflops(rate))));
            facts.add(new Fact("measured read", gigabytes(measured.readGigabytesPerSecond())));
            facts.add(new Fact("measured copy", gigabytes(measured.copyGigabytesPerSecond())));
            facts.add(new Fact("measured triad", gigabytes(measured.triadGigabytesPerSecond())));
            facts.add(new Fact("empty call", nanos(measured.callFloorNs())));
            facts.add(new Fact("threads", string(measured.threads())));
            facts.add(new Fact("measured how", measured.method()));
        }
        return facts;
    }

    private static List<Fact> entries(Map<String, String> map) {
        return map.entrySet().stream()
                .map(entry -> new Fact(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String string(Object value) {
        return value == null ? null : value.toString();
    }

    private static String bytes(Long value) {
        return value == null ? null : Numbers.bytes(value);
    }

    private static String nanos(Double value) {
        return value == null ? null : Numbers.time(value);
    }

    private static String gflops(Double value) {
        return value == null ? null : Numbers.rate(value) + " GFLOP/s";
    }

    private static String gigabytes(Double value) {
        return value == null ? null : Numbers.rate(value) + " GB/s";
    }
}
