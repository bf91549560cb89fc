package dev.ridgepoint.analysis.serve;

import dev.ridgepoint.analysis.stats.EffectiveSamples;
import dev.ridgepoint.analysis.stats.Percentiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of a load: when each request got its first and its last token. */
public final class Served {
    /** What every latency of it is called wherever it stands. */
    public static final String LABEL = "simulated from measured kernels";

    /** Work left when the last request came, over the time it took to come: beyond this share the queue was growing. */
    private static final double BACKLOG = 0.1;

    private final Arrivals arrivals;
    private final double[] firstNs;
    private final double[] endNs;
    private final double presence;

    Served(Arrivals arrivals, double[] firstNs, double[] endNs, double presence) {
        this.arrivals = arrivals;
        this.firstNs = firstNs.clone();
        this.endNs = endNs.clone();
        this.presence = presence;
    }

    /**
     * One kind of latency over the requests that count.
     *
     * @param name {@code TTFT} from arrival to the first token, {@code TPOT} mean time between a request's further tokens,
     *     {@code E2E} from arrival to the last token
     * @param requests how many there are
     * @param effective how many independent ones they are worth: neighbours meet the same queue
     * @param percentilesNs only those whose tail holds 50 effective requests
     */
    public record Latency(String name, int requests, double effective, Map<String, Double> percentilesNs) {
        public Latency {
            percentilesNs = java.util.Collections.unmodifiableMap(new TreeMap<>(percentilesNs));
        }
    }

    /** The three kinds, in the order above; TPOT is of those requests that have more than one token. */
    public List<Latency> latencies() {
        List<Double> first = new ArrayList<>();
        List<Double> further = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        for (int i = arrivals.warmup(); i < endNs.length; i++) {
            Request request = arrivals.requests().get(i);
            first.add(firstNs[i] - request.arrivalNs());
            all.add(endNs[i] - request.arrivalNs());
            if (request.outputTokens() > 1) {
                further.add((endNs[i] - firstNs[i]) / (request.outputTokens() - 1));
            }
        }
        return List.of(latency("TTFT", first), latency("TPOT", further), latency("E2E", all));
    }

    private static Latency latency(String name, List<Double> ns) {
        double[] values = ns.stream().mapToDouble(Double::doubleValue).toArray();
        double effective = EffectiveSamples.of(values);
        Map<String, Double> percentiles = new TreeMap<>(Percentiles.of(values, effective));
        percentiles.remove("p5");
        return new Latency(name, values.length, effective, percentiles);
    }

    /** From the first arrival to the last token. */
    public double spanNs() {
        double end = 0;
        for (double one : endNs) {
            end = Math.max(end, one);
        }
        return end - arrivals.requests().get(0).arrivalNs();
    }

    /** Tokens given out over that span, a second. */
    public double tokensPerSecond() {
        return arrivals.requests().stream().mapToLong(Request::outputTokens).sum() * 1e9 / spanNs();
    }

    /** Mean requests in the server over that span, as counted while time passed. */
    public double meanPresent() {
        return presence / spanNs();
    }

    /** Mean time in the server over all requests. */
    public double meanNs() {
        double sum = 0;
        for (int i = 0; i < endNs.length; i++) {
            sum += endNs[i] - arrivals.requests().get(i).arrivalNs();
        }
        return sum / endNs.length;
    }

    /** Mean time to the first token over the requests that count. */
    public double meanFirstNs() {
        double sum = 0;
        for (int i = arrivals.warmup(); i < endNs.length; i++) {
            sum += firstNs[i] - arrivals.requests().get(i).arrivalNs();
        }
        return sum / (endNs.length - arrivals.warmup());
    }

    /** Why the latencies say nothing of a lasting load, in a sentence; null where nothing speaks against them. */
    public String overload() {
        double came = arrivals.requests().get(endNs.length - 1).arrivalNs()
                - arrivals.requests().get(0).arrivalNs();
        double backlog = spanNs() - came;
        if (backlog <= BACKLOG * came) {
            return null;
        }
        return String.format(
                java.util.Locale.ROOT,
                "overloaded: %.3g s of work were left when the last request came, more than a tenth of the %.3g s before",
                backlog / 1e9,
                came / 1e9);
    }
}
