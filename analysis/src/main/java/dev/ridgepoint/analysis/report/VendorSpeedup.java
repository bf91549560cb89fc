package dev.ridgepoint.analysis.report;

import dev.ridgepoint.results.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How many times as fast a kernel is as the vendor's own on the same question of the same run: above 1 it is faster. Steady times
 * alone, both of which may be headlines; whether a difference is one is for {@code compare} to say.
 */
final class VendorSpeedup {
    /** In the middle of every id of a vendor's kernel, which names no architecture. */
    private static final String VENDOR = "/vendor_";

    private final Map<Question, CaseRow> vendors = new HashMap<>();

    VendorSpeedup(List<CaseRow> rows) {
        for (CaseRow row : rows) {
            if (row.kernel().contains(VENDOR) && row.valid()) {
                vendors.put(row.result().question(), row);
            }
        }
    }

    /** Whether anything can be held against a vendor's kernel. */
    boolean isEmpty() {
        return vendors.isEmpty();
    }

    /** Empty for the vendor's own, where it has none, and where either is no headline. */
    OptionalDouble of(CaseRow row) {
        CaseRow vendor = vendors.get(row.result().question());
        return vendor == null || vendor == row || !row.valid()
                ? OptionalDouble.empty()
                : OptionalDouble.of(vendor.timing().steadyNs() / row.timing().steadyNs());
    }

    /** {@code 1.25x}. */
    String words(CaseRow row) {
        OptionalDouble speedup = of(row);
        return speedup.isPresent() ? String.format(Locale.ROOT, "%.2fx", speedup.getAsDouble()) : Numbers.NONE;
    }
}
