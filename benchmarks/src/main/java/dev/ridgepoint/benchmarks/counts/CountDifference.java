package dev.ridgepoint.benchmarks.counts;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How counts differ from reviewed ones: a line for each row that changed, is new or is gone. */
public final class CountDifference {
    private CountDifference() {}

    /** Empty where nothing differs. */
    public static List<String> of(List<KernelCounts> reviewed, List<KernelCounts> now) {
        Map<String, KernelCounts> before = byKey(reviewed);
        List<String> lines = new ArrayList<>();
        for (KernelCounts row : now) {
            KernelCounts was = before.remove(row.key());
            if (was == null) {
                lines.add(row.key() + ": new");
            } else if (!was.counts().equals(row.counts())) {
                lines.add(row.key() + ": " + changes(was.counts(), row.counts()));
            }
        }
        before.keySet().forEach(key -> lines.add(key + ": gone"));
        return lines;
    }

    private static Map<String, KernelCounts> byKey(List<KernelCounts> rows) {
        Map<String, KernelCounts> byKey = new LinkedHashMap<>();
        rows.forEach(row -> byKey.put(row.key(), row));
        return byKey;
    }

    private static String changes(Map<String, Long> was, Map<String, Long> now) {
        List<String> changes = new ArrayList<>();
        now.forEach((column, count) -> {
            if (!was.get(column).equals(count)) {
                changes.add(column + " " + was.get(column) + " to " + count);
            }
        });
        return String.join(", ", changes);
    }
}
