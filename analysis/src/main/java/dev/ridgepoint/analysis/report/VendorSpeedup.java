package dev.ridgepoint.analysis.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.results.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many times as fast a kernel is as the vendor's own on the same question of the same run: above 1 it is faster. Steady times
 * alone, both of which may be headlines; whether a difference is one is for {@code compare} to say.
 *
 * <p>Of weights in fewer bits than activations the vendor has no product. What they are for is to be faster than the same product with
 * weights as wide as activations, so they are held against the vendor's of that.
 */
final class VendorSpeedup {
    /** In the middle of every id of a vendor's kernel, which names no architecture. */
    private static final String VENDOR = "/vendor_";

    private final Map<Question, CaseRow> vendors = new HashMap<>();
    private final Map<Product, CaseRow> products = new HashMap<>();

    /** What a question asks but for how its weights are stored, and so which bytes they are. */
    private record Product(JsonNode shape, String precision, String domain, String cacheState, String distribution) {
        static Product of(Question question, String precision) {
            return new Product(
                    question.shape(),
                    precision,
                    question.domain(),
                    question.cacheState(),
                    question.inputs().distribution());
        }
    }

    VendorSpeedup(List<CaseRow> rows) {
        for (CaseRow row : rows) {
            if (row.kernel().contains(VENDOR) && row.valid()) {
                Question question = row.result().question();
                vendors.put(question, row);
                products.put(Product.of(question, question.precision()), row);
            }
        }
    }

    /** Whether anything can be held against a vendor's kernel. */
    boolean isEmpty() {
        return vendors.isEmpty();
    }

    /** Empty for the vendor's own, where it has none, and where either is no headline. */
    OptionalDouble of(CaseRow row) {
        return times(vendors.get(row.result().question()), row);
    }

    /** Over the vendor's product with weights as wide as activations; empty where weights are, and as {@link #of} is. */
    OptionalDouble overWideWeights(CaseRow row) {
        Question question = row.result().question();
        return wide(question)
                .map(precision -> times(products.get(Product.of(question, precision)), row))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalDouble times(CaseRow vendor, CaseRow row) {
        return vendor == null || vendor == row || !row.valid()
                ? OptionalDouble.empty()
                : OptionalDouble.of(vendor.timing().steadyNs() / row.timing().steadyNs());
    }

    /** The precision of activations where weights have fewer bits; empty for others, and for those another build knows alone. */
    private static Optional<String> wide(Question question) {
        return Precision.ALL.stream()
                .filter(precision -> precision.id().equals(question.precision()) && precision.isWeightOnly())
                .map(precision -> precision.activation().id())
                .findFirst();
    }

    /** {@code 1.25x}, or {@code 2.81x bf16} over the product in that precision. */
    String words(CaseRow row) {
        OptionalDouble speedup = of(row);
        if (speedup.isPresent()) {
            return words(speedup.getAsDouble());
        }
        OptionalDouble wide = overWideWeights(row);
        return wide.isPresent()
                ? words(wide.getAsDouble()) + " "
                        + wide(row.result().question()).orElseThrow()
                : Numbers.NONE;
    }

    private static String words(double speedup) {
        return String.format(Locale.ROOT, "%.2fx", speedup);
    }
}
