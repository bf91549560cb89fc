package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.Timing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A figure that carries its context wherever it is pasted: case, time with interval, the rates that follow from it, run,
 * device, stack, date, protocol and status, in one line. There is no way to cite a number without them.
 *
 * @param figure the part that is the case's own
 * @param provenance the part that all cases of a run share
 */
public record Citation(String figure, String provenance) {

    /**
     * The citation of a measured case.
     *
     * @throws IllegalArgumentException if the case has no time, or naming what the run does not say about itself
     */
    public static Citation of(RunDocument run, Context context, CaseResult result) {
        Timing timing = result.timing();
        if (timing == null) {
            throw new IllegalArgumentException("case '" + result.id() + "' has no time to cite: its outcome is "
                    + result.outcome().kind());
        }
        return new Citation(figure(result, timing), provenance(run, context));
    }

    /** The whole line. */
    public String line() {
        return figure + " | " + provenance;
    }

    static String figure(CaseResult result, Timing timing) {
        double ns = timing.steadyNs();
        List<String> words = new ArrayList<>();
        words.add(Names.oneLine(result.id()) + ": " + Numbers.time(ns) + " a call");
        if (timing.ciLowNs() == null) {
            words.add("without interval, 1 fork");
        } else {
            words.add(Numbers.plusMinus(ns, timing.ciLowNs(), timing.ciHighNs()) + " ("
                    + Numbers.confidence(timing.confidence()) + " CI "
                    + Numbers.time(timing.ciLowNs()) + " to " + Numbers.time(timing.ciHighNs()) + ", "
                    + timing.forks().size() + " forks)");
        }
        words.add("= " + Numbers.rate(result.work().flops() / ns / 1e3) + " TFLOP/s and "
                + Numbers.rate(result.work().bytes() / ns) + " GB/s of least work");
        words.add("by " + result.subject().kernel() + " [" + result.subject().support() + "]");
        if (!result.validity().valid()) {
            words.add("NOT VALID: " + String.join("; ", result.validity().reasons()));
        }
        return Names.oneLine(String.join(" ", words));
    }

    /** What ties a figure of this run to its context. */
    static String provenance(RunDocument run, Context context) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("run id", run.runId());
        parts.put("device", context.device().name());
        parts.put("software stack", stack(context.software()));
        parts.put("date", run.started());
        parts.put("protocol", run.protocol() == null ? null : run.protocol().id());
        parts.put("status", run.status());
        parts.forEach((name, value) -> {
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("refused to cite a bare number: the run does not say its " + name);
            }
        });
        return Names.oneLine("run " + run.runId() + " (" + run.status() + ") | " + device(context.device()) + " | "
                + parts.get("software stack") + " | " + run.started() + " | protocol "
                + run.protocol().id() + " of "
                + run.protocol().forks() + " forks");
    }

    /** The device with its caveat and architecture. */
    static String device(Context.Device device) {
        String caveat = Caveat.of(device);
        return device.name()
                + (caveat.isEmpty() ? "" : " (" + caveat + ")")
                + (device.arch() == null ? "" : " " + device.arch());
    }

    /** Libraries, JDK and operating system; null where nobody knows. */
    static String stack(Context.Software software) {
        if (software == null) {
            return null;
        }
        List<String> parts = new ArrayList<>();
        software.backend().forEach((name, version) -> parts.add(name + " " + version));
        if (software.jdk() != null) {
            parts.add("JDK " + software.jdk());
        }
        if (software.os() != null) {
            parts.add(software.os());
        }
        return String.join(", ", parts);
    }

    @Override
    public String toString() {
        return line();
    }
}
