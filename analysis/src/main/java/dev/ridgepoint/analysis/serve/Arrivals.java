package dev.ridgepoint.analysis.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * The requests of a load, in the order they come.
 *
 * @param description in words: how they came about
 * @param sha256 digest of the file they were recorded in; null where they are drawn
 * @param warmup requests at the start that find the server emptier than later ones do, and are not counted
 * @param requests all of them
 */
public record Arrivals(String description, String sha256, int warmup, List<Request> requests) {
    /** Some 50 MB of requests. */
    static final int MOST = 1_000_000;

    /** One in so many drawn requests is warm-up. */
    private static final int WARMUP = 10;

    public Arrivals {
        requests = List.copyOf(requests);
    }

    /**
     * Requests of one size that come independently of one another.
     *
     * @param perSecond mean rate
     * @param count how many
     * @param seed of the generator: the same seed, the same arrivals
     */
    public static Arrivals poisson(double perSecond, long promptTokens, long outputTokens, int count, long seed) {
        if (!(perSecond > 0) || Double.isInfinite(perSecond)) {
            throw new IllegalArgumentException("rate: expected requests a second above 0, got " + perSecond);
        }
        if (count < 1 || count > MOST) {
            throw new IllegalArgumentException("requests: expected 1 to " + MOST + ", got " + count);
        }
        Random random = new Random(seed);
        List<Request> requests = new ArrayList<>(count);
        double ns = 0;
        for (int i = 0; i < count; i++) {
            ns += -Math.log1p(-random.nextDouble()) / perSecond * 1e9;
            requests.add(new Request(ns, promptTokens, outputTokens));
        }
        return new Arrivals(
                "Poisson, " + perSecond + " requests/s of " + promptTokens + " prompt and " + outputTokens
                        + " output tokens, " + count + " requests, seed " + seed,
                null,
                count / WARMUP,
                requests);
    }
}
