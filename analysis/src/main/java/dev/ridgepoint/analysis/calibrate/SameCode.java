package dev.ridgepoint.analysis.calibrate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.analysis.compare.ContextDiff;
import dev.ridgepoint.analysis.compare.Margins;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Timing;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/** Runs of the same code under the same circumstances, and the forks of their valid cases. */
final class SameCode {
    /** Forks of one case, run by run. */
    record Case(String family, List<double[]> runs) {
        /** All forks together: what lies between runs is part of what a comparison meets. */
        double[] logs() {
            return runs.stream().flatMapToDouble(DoubleStream::of).toArray();
        }
    }

    private final List<String> runIds = new ArrayList<>();
    private final Map<String, Case> cases = new LinkedHashMap<>();
    private Context.Device device;
    private String protocol;

    private SameCode() {}

    /**
     * Reads runs.
     *
     * @throws IllegalArgumentException where two are not the same code under the same circumstances
     */
    static SameCode read(List<Path> bundles) throws IOException {
        SameCode same = new SameCode();
        JsonNode first = null;
        for (Path bundle : bundles) {
            BundleReader reader = BundleReader.open(bundle);
            JsonNode context = reader.context().identity();
            if (first == null) {
                first = context;
                same.device = reader.context().device();
                same.protocol = reader.run().protocol().digest();
            }
            ContextDiff difference = ContextDiff.of(first, context);
            if (!difference.axes().isEmpty()
                    || !same.protocol.equals(reader.run().protocol().digest())) {
                throw new IllegalArgumentException(bundle + " is not the same code under the same circumstances as "
                        + bundles.get(0) + ": " + (difference.axes().isEmpty() ? "protocol" : difference.axes())
                        + " differs");
            }
            if (same.runIds.contains(reader.run().runId())) {
                throw new IllegalArgumentException(bundle + " is named twice, or is a copy of another");
            }
            same.runIds.add(reader.run().runId());
            reader.cases(same::add);
        }
        return same;
    }

    private void add(CaseResult result) {
        Timing timing = result.timing();
        if (timing == null || !result.validity().valid() || timing.forks().size() < 2) {
            return;
        }
        String id = result.caseKey()
                + ' '
                + result.subject().kernel()
                + ' '
                + result.subject().backend();
        String family = Margins.family(result.question().op(), result.question().domain());
        cases.computeIfAbsent(id, key -> new Case(family, new ArrayList<>()))
                .runs()
                .add(timing.forks().stream()
                        .mapToDouble(fork -> Math.log(fork.steadyNs()))
                        .toArray());
    }

    /** Cases by key, kernel and backend. */
    Map<String, Case> cases() {
        return Collections.unmodifiableMap(cases);
    }

    List<String> runIds() {
        return runIds;
    }

    Context.Device device() {
        return device;
    }

    String protocol() {
        return protocol;
    }

    /** Cases by family, both in the order they came. */
    Map<String, List<Case>> families() {
        Map<String, List<Case>> families = new LinkedHashMap<>();
        cases.values()
                .forEach(one -> families.computeIfAbsent(one.family(), name -> new ArrayList<>())
                        .add(one));
        return families;
    }
}
