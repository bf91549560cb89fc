package dev.ridgepoint.analysis.decide;

/**
 * Something a decision rests on, and when it no longer does.
 *
 * @param kind {@code context}: a fact of the machine; {@code price}; {@code price-age}; {@code mix}
 * @param of what it belongs to: the label of an alternative, a device, or the mix
 * @param pointer where the fact stands in a context, null of other kinds
 * @param value what it was
 * @param days days after {@code value} that it expires, of {@code price-age} alone
 */
public record Trigger(String kind, String of, String pointer, String value, Integer days) {
    static final String CONTEXT = "context";
    static final String PRICE = "price";
    static final String PRICE_AGE = "price-age";
    static final String MIX = "mix";

    static Trigger context(String label, String pointer, String value) {
        return new Trigger(CONTEXT, label, pointer, value, null);
    }

    /** In words, {@code /host/cpu of A}. */
    String name() {
        return switch (kind) {
            case CONTEXT -> pointer + " of " + of;
            case PRICE -> "price of " + of;
            case PRICE_AGE -> "age of the price of " + of;
            case MIX -> "workload mix";
            default -> kind + " of " + of;
        };
    }
}
