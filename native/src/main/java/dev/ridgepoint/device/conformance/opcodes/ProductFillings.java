package dev.ridgepoint.device.conformance.opcodes;

import dev.ridgepoint.device.conformance.opcodes.ProductForm.Filling;
import dev.ridgepoint.kernels.operand.CounterRandom;
import java.util.List;

/**
 * Matrices that tell models of a tensor core's sums apart: at which bit terms are cut, whether they are cut or rounded,
 * which products are summed together and when the accumulator joins, what subnormal numbers, infinities and NaN do.
 */
final class ProductFillings {
    private static final int SPREAD = 3;

    private final FloatFormat a;
    private final FloatFormat b;
    private final FloatFormat c;
    private final int depth;

    ProductFillings(FloatFormat a, FloatFormat b, FloatFormat c, int depth) {
        this.a = a;
        this.b = b;
        this.c = c;
        this.depth = depth;
    }

    /** Makes matrices. */
    private interface Maker {
        Filling of(ProductFillings formats, int variation, CounterRandom random);
    }

    /** One kind of matrices. */
    private record Kind(String name, Maker maker) {}

    private static final List<Kind> KINDS = List.of(
            new Kind("cut against a product", ProductFillings::cutAgainstProduct),
            new Kind("cut against the accumulator", ProductFillings::cutAgainstAccumulator),
            new Kind("products that cancel", ProductFillings::cancelled),
            new Kind("half of the last place", ProductFillings::lastPlace),
            new Kind("ordinary", (formats, variation, random) -> formats.sized(random, 0, 1)),
            new Kind("sparse", (formats, variation, random) -> formats.sized(random, 0, 4)),
            new Kind("tiny", (formats, variation, random) -> formats.sized(random, Integer.MIN_VALUE, 1)),
            new Kind("huge", (formats, variation, random) -> formats.sized(random, Integer.MAX_VALUE, 1)),
            new Kind("infinities and NaN", (formats, variation, random) -> formats.specials(random)),
            new Kind("any bits", (formats, variation, random) -> formats.anyBits(random)));

    /** So many fillings hold {@code variations} of every kind. */
    static int count(int variations) {
        return variations * KINDS.size();
    }

    /** What a filling is for. */
    static String name(int number) {
        return KINDS.get(number % KINDS.size()).name() + ", variation " + number / KINDS.size();
    }

    /** The kinds take turns. */
    Filling filling(int number) {
        CounterRandom random = CounterRandom.of(number, "product");
        return KINDS.get(number % KINDS.size()).maker().of(this, number / KINDS.size(), random);
    }

    private interface Code {
        long at(int row, int column);
    }

    private static Filling filling(Code a, Code b, Code c) {
        return new Filling() {
            @Override
            public long a(int row, int k) {
                return a.at(row, k);
            }

            @Override
            public long b(int k, int column) {
                return b.at(k, column);
            }

            @Override
            public long c(int row, int column) {
                return c.at(row, column);
            }
        };
    }

    /**
     * A product of a large power of two at {@code k = 0}, and beside it one product, or as many as there is room for,
     * smaller by every power of two up to 2^29.
     */
    private Filling cutAgainstProduct(int variation, CounterRandom random) {
        return cut(variation, true);
    }

    /** The same against a large accumulator. */
    private Filling cutAgainstAccumulator(int variation, CounterRandom random) {
        return cut(variation, false);
    }

    private Filling cut(int variation, boolean product) {
        boolean negative = variation % 2 == 1;
        int place = variation / 2 % 2 == 0 ? 1 : depth - 1;
        boolean many = variation / 4 % 2 == 1;
        int high = Math.min(8, Math.min(a.largestExponent(), b.largestExponent()));
        return filling(
                (row, k) -> k == 0 && product
                        ? a.power(false, high)
                        : k > 0 && (many || k == place) ? a.power(negative, high - row) : 0,
                (k, column) -> b.power(false, k == 0 ? high : high - 2 * column),
                (row, column) -> product ? 0 : c.power(false, Math.min(2 * high, c.largestExponent())));
    }

    /** Two large products that cancel, a small one and a small accumulator: what is left says who was summed with whom. */
    private Filling cancelled(int variation, CounterRandom random) {
        int high = Math.min(6, Math.min(a.largestExponent(), b.largestExponent()));
        int distance = 1 + variation * 3 % (depth - 1);
        int small = variation % 2 == 0 ? depth - 1 : 0;
        return filling(
                (row, k) -> k == row % depth
                        ? a.power(false, high)
                        : k == (row + distance) % depth ? a.power(true, high) : k == small ? a.power(false, -high) : 0,
                (k, column) -> b.power(false, k == small ? -high : high),
                (row, column) -> c.power(variation % 4 > 1, 2 * high - 20 - column));
    }

    /** An accumulator of any fraction and products around half of its last place. */
    private Filling lastPlace(int variation, CounterRandom random) {
        int last = -c.fractionBits();
        int forA = Math.max(last / 2, a.smallestExponent() + 1);
        int size = forA + Math.max(last - forA, b.smallestExponent() + 1) - last;
        return filling(
                (row, k) -> random.bits(row * 64L + k) % 3 == 0 ? a.power(negative(random, row, k), forA - k % 3) : 0,
                (k, column) -> b.power(false, last - forA),
                (row, column) -> c.number(
                        negative(random, row, column + 100),
                        Math.max(0, size),
                        random.bits(9_000 + row * 8L + column)));
    }

    /** Numbers around a size, of which one in {@code sparse} is not zero. */
    private Filling sized(CounterRandom random, int size, int sparse) {
        return filling(
                (row, k) -> around(a, random, size, sparse, row * 64L + k),
                (k, column) -> around(b, random, size, sparse, 10_000 + k * 8L + column),
                (row, column) -> around(c, random, size, sparse, 20_000 + row * 8L + column));
    }

    private static long around(FloatFormat format, CounterRandom random, int size, int sparse, long place) {
        long bits = random.bits(place);
        if ((bits >>> 56) % sparse != 0) {
            return 0;
        }
        int middle = Math.max(format.smallestExponent() + SPREAD, Math.min(size, format.largestExponent() - SPREAD));
        return format.number(bits < 0, middle + (int) ((bits >>> 48 & 0xff) % (2 * SPREAD + 1)) - SPREAD, bits);
    }

    private Filling specials(CounterRandom random) {
        return filling(
                (row, k) -> special(a, random, row * 64L + k, 24),
                (k, column) -> special(b, random, 10_000 + k * 8L + column, 24),
                (row, column) -> special(c, random, 20_000 + row * 8L + column, 10));
    }

    /** One number in {@code rare} is infinite, another one NaN, and one in four a zero with a sign. */
    private static long special(FloatFormat format, CounterRandom random, long place, int rare) {
        long bits = random.bits(place);
        long kind = (bits >>> 40 & 0xffff) % rare;
        if (kind == 0) {
            return format.infinity(bits < 0);
        }
        if (kind == 1 && (bits >>> 32) % 4 == 0) {
            return format.nan();
        }
        return kind % 4 == 2 ? (bits < 0 ? 1L << format.bits() - 1 : 0) : around(format, random, 0, 1, place);
    }

    private Filling anyBits(CounterRandom random) {
        return filling(
                (row, k) -> random.bits(row * 64L + k),
                (k, column) -> random.bits(10_000 + k * 8L + column),
                (row, column) -> random.bits(20_000 + row * 8L + column));
    }

    private static boolean negative(CounterRandom random, int row, int column) {
        return random.bits(30_000 + row * 128L + column) < 0;
    }
}
