package dev.ridgepoint.results;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How narrow an interval forks are added for, and how many at the most. It is part of a protocol's id, as in
 * {@code quick+aim2%of30/1}, so that a bundle says by itself why its cases have unlike numbers of forks.
 *
 * <p>The rule looks at the width alone and never at the figure, so that it does not lean a mean to either side. It does stop
 * where the spread seen happens to be small: over all stops an interval of 95 % holds the truth in 92 to 95 % of cases
 * where it starts from {@link #LEAST_FORKS} forks, and in as few as 90 % from three, which is why it starts from no fewer.
 *
 * @param of whose interval is meant
 * @param halfWidth the larger half of the 95 % interval, relative to its centre
 * @param mostForks forks a case, those of the plan included
 */
public record ForkAim(Of of, double halfWidth, int mostForks) {
    /** Forks a case before anybody looks at a width. */
    public static final int LEAST_FORKS = 5;

    /** Forks a case where the user says nothing: the detectable change falls with the root of their number. */
    public static final int MOST_FORKS = 30;

    private static final double WIDEST = 0.5;
    private static final int DIGITS = 4;
    private static final Pattern IN_ID =
            Pattern.compile("(.+)\\+(aim|ratio)([0-9]{1,2}(?:\\.[0-9]{1,6})?)%of([0-9]{1,6})(/[0-9]+)");

    /** Whose interval is to be narrow. */
    public enum Of {
        /** A case's own. */
        CASE("aim"),
        /** That of the ratio of two sides whose forks took turns. */
        RATIO("ratio");

        private final String word;

        Of(String word) {
            this.word = word;
        }
    }

    public ForkAim {
        if (!(halfWidth > 0 && halfWidth <= WIDEST)) {
            throw new IllegalArgumentException(
                    "--aim: expected a percentage above 0 and up to 50, got " + 100 * halfWidth + " %");
        }
        if (mostForks < LEAST_FORKS) {
            throw new IllegalArgumentException("--most-forks: expected at least " + LEAST_FORKS + ", got " + mostForks);
        }
    }

    /** The aim that a protocol's id names; empty where its forks are counted beforehand. */
    public static Optional<ForkAim> in(String protocolId) {
        Matcher id = IN_ID.matcher(protocolId);
        if (!id.matches()) {
            return Optional.empty();
        }
        Of of = id.group(2).equals(Of.RATIO.word) ? Of.RATIO : Of.CASE;
        try {
            return Optional.of(new ForkAim(of, Double.parseDouble(id.group(3)) / 100, Integer.parseInt(id.group(4))));
        } catch (IllegalArgumentException otherId) {
            return Optional.empty();
        }
    }

    /** The id without its aim: how a single fork was taken. */
    public static String without(String protocolId) {
        Matcher id = IN_ID.matcher(protocolId);
        return id.matches() ? id.group(1) + id.group(5) : protocolId;
    }

    /** What follows the protocol's name in its id. */
    public String suffix() {
        return "+" + of.word + percent() + "%of" + mostForks;
    }

    /** The same width as an aim for the ratio of two sides. */
    public ForkAim ofRatio() {
        return new ForkAim(Of.RATIO, halfWidth, mostForks);
    }

    /** {@code 2} or {@code 0.5}. */
    public String percent() {
        return BigDecimal.valueOf(halfWidth)
                .multiply(BigDecimal.valueOf(100))
                .round(new MathContext(DIGITS, RoundingMode.HALF_EVEN))
                .stripTrailingZeros()
                .toPlainString();
    }

    /** The larger half of a case's interval relative to its centre, as every report prints it; infinite for one fork. */
    public static double halfWidth(Timing timing) {
        return timing.ciHighNs() == null
                ? Double.POSITIVE_INFINITY
                : Math.max(timing.ciHighNs() / timing.steadyNs() - 1, 1 - timing.ciLowNs() / timing.steadyNs());
    }

    /** Whether an interval is narrow enough. */
    public boolean metBy(double width) {
        return width <= halfWidth;
    }
}
