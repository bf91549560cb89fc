package dev.ridgepoint.analysis.economics;

/** The figures of money and energy, each of measured time, counted work, a priced hour or metered joules. */
public final class Economics {
    private static final double NS_AN_HOUR = 3600e9;

    private Economics() {}

    /**
     * Work for money.
     *
     * @param flops least work of a call
     * @param ns steady time of a call
     */
    public static Derived workPerMoney(double flops, double ns, Price price) {
        return new Derived(
                "work per money",
                flops / 1e12 * (NS_AN_HOUR / ns) / price.amount(),
                "TFLOP/" + price.currency(),
                "TFLOP/" + price.currency()
                        + " = TFLOP of least work a call * (3600 s / steady time) / price of an hour");
    }

    /**
     * Tokens for money.
     *
     * @param tokensPerSecond a rate; where it is a bound, so is the figure
     */
    public static Derived tokensPerMoney(double tokensPerSecond, Price price) {
        return new Derived(
                "tokens per money",
                tokensPerSecond * 3600 / price.amount(),
                "tokens/" + price.currency(),
                "tokens/" + price.currency() + " = tokens/s * 3600 / price of an hour");
    }

    /**
     * Tokens for energy.
     *
     * @param tokens tokens a step
     * @param joules metered energy of all calls of the step
     */
    public static Derived tokensPerJoule(double tokens, double joules) {
        return new Derived(
                "tokens per joule",
                tokens / joules,
                "tokens/J",
                "tokens/J = tokens a step / sum over kernels of (layers * J/call)");
    }

    /**
     * Token rate for power.
     *
     * @param watts mean metered power while the step's kernels ran, by their share of its time
     */
    public static Derived rateForPower(double tokensPerSecond, double watts) {
        return new Derived(
                "token rate per power",
                tokensPerSecond / watts,
                "tokens/s/W",
                "tokens/s/W = tokens/s / mean W, the kernels' metered power weighted by their share of the step's time");
    }
}
