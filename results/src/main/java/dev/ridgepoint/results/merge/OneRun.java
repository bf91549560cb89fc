package dev.ridgepoint.results.merge;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.RunDocument;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.json.JsonDiff;
import dev.ridgepoint.results.json.JsonDiff.Difference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether bundles are parts of one run; if not, the fields in which they differ. */
final class OneRun {
    private static final int SHOWN = 5;

    private OneRun() {}

    static void refuseOthers(List<BundleReader> readers) throws IOException {
        BundleReader first = readers.get(0);
        for (BundleReader other : readers.subList(1, readers.size())) {
            refuse(first, other, "are parts of different runs", JsonDiff.of(plan(first), plan(other)));
            refuse(
                    first,
                    other,
                    "were measured under different protocols",
                    JsonDiff.of(protocol(first), protocol(other)));
            refuse(
                    first,
                    other,
                    "were measured in different contexts, so they can be compared but not merged",
                    JsonDiff.of(first.context().identity(), other.context().identity()));
        }
        refuseTwice(readers);
    }

    private static void refuse(BundleReader first, BundleReader other, String how, List<Difference> differences)
            throws BundleException {
        if (!differences.isEmpty()) {
            String more = differences.size() > SHOWN ? " and " + (differences.size() - SHOWN) + " fields more" : "";
            String shown = String.join(
                    "; ",
                    differences.stream().limit(SHOWN).map(Difference::toString).toList());
            throw new BundleException(first.path() + " and " + other.path() + " " + how + ": " + shown + more);
        }
    }

    private static ObjectNode plan(BundleReader reader) {
        RunDocument run = reader.run();
        ObjectNode json = Records.toJson(run.plan());
        json.remove(List.of("cases", "part"));
        return json.put("suite", run.suite()).put("schema", run.schema());
    }

    private static ObjectNode protocol(BundleReader reader) {
        ObjectNode json = Records.toJson(reader.run().protocol());
        json.remove("sha256");
        return json;
    }

    private static void refuseTwice(List<BundleReader> readers) throws IOException {
        Map<Integer, Path> parts = new HashMap<>();
        Map<String, Path> cases = new HashMap<>();
        for (BundleReader reader : readers) {
            Path path = reader.path();
            int part = reader.run().plan().part();
            Path same = parts.putIfAbsent(part, path);
            if (same != null) {
                throw new BundleException(same + " and " + path + " are both part " + part);
            }
            String[] twice = new String[1];
            reader.cases(result -> {
                if (cases.putIfAbsent(result.id(), path) != null) {
                    twice[0] = result.id();
                }
            });
            if (twice[0] != null) {
                throw new BundleException(cases.get(twice[0]) + " and " + path + " both hold case " + twice[0]);
            }
        }
    }
}
