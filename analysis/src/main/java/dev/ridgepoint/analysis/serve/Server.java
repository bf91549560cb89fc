package dev.ridgepoint.analysis.serve;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

/**
 * A server that batches continuously, played event by event: between two steps it takes in whoever waits, first come, first
 * served, a prompt at a time, while the batch has room; else every sequence of the batch gets its next token. A sequence
 * leaves with its last token. There is no time but that of steps, and memory for every cache.
 */
public final class Server {
    /** Some minutes of playing. */
    private static final long MOST_TOKENS = 200_000_000;

    private final List<Request> requests;
    private final StepTimes times;
    private final Deque<Integer> waiting = new ArrayDeque<>();
    private final List<Sequence> batch = new ArrayList<>();
    private final double[] firstNs;
    private final double[] endNs;
    private int arrived;
    private int left;
    private double now;
    private double presence;

    /** A sequence in the batch. */
    private static final class Sequence {
        private final int request;
        private final long last;
        private long tokens;

        /** @param tokens prompt and first token */
        Sequence(int request, long tokens, long last) {
            this.request = request;
            this.tokens = tokens;
            this.last = last;
        }
    }

    private Server(List<Request> requests, StepTimes times) {
        this.requests = requests;
        this.times = times;
        this.firstNs = new double[requests.size()];
        this.endNs = new double[requests.size()];
    }

    /**
     * Plays requests to the end.
     *
     * @throws IllegalArgumentException naming the request that reaches beyond what was measured
     */
    public static Served play(Arrivals arrivals, StepTimes times) {
        check(arrivals.requests(), times);
        Server server = new Server(arrivals.requests(), times);
        server.play();
        return new Served(arrivals, server.firstNs, server.endNs, server.presence);
    }

    private static void check(List<Request> requests, StepTimes times) {
        long tokens = 0;
        for (int i = 0; i < requests.size(); i++) {
            Request request = requests.get(i);
            long reached = request.promptTokens() + request.outputTokens();
            tokens += request.outputTokens();
            if (request.promptTokens() > times.longestPrompt()) {
                throw new IllegalArgumentException("request " + (i + 1) + " brings " + request.promptTokens()
                        + " tokens; the longest prompt measured has " + times.longestPrompt());
            }
            if (request.outputTokens() > 1 && reached > times.longestContext()) {
                throw new IllegalArgumentException("request " + (i + 1) + " reaches " + reached
                        + " tokens; the longest cache measured has " + times.longestContext());
            }
        }
        if (tokens > MOST_TOKENS) {
            throw new IllegalArgumentException(
                    "the requests ask for " + tokens + " tokens; at most " + MOST_TOKENS + " are played");
        }
    }

    private void play() {
        while (left < requests.size()) {
            if (!waiting.isEmpty() && batch.size() < times.largestBatch()) {
                prompt(waiting.poll());
            } else if (!batch.isEmpty()) {
                step();
            } else {
                until(requests.get(arrived).arrivalNs());
            }
        }
    }

    private void prompt(int index) {
        Request request = requests.get(index);
        until(now + times.prefillNs(request.promptTokens()));
        firstNs[index] = now;
        if (request.outputTokens() == 1) {
            leave(index);
        } else {
            batch.add(new Sequence(index, request.promptTokens() + 1, request.promptTokens() + request.outputTokens()));
        }
    }

    private void step() {
        double context = 0;
        for (Sequence sequence : batch) {
            context += sequence.tokens;
        }
        until(now + times.decodeNs(batch.size(), context / batch.size()));
        for (Iterator<Sequence> each = batch.iterator(); each.hasNext(); ) {
            Sequence sequence = each.next();
            if (++sequence.tokens == sequence.last) {
                leave(sequence.request);
                each.remove();
            }
        }
    }

    private void leave(int index) {
        endNs[index] = now;
        left++;
    }

    /** Lets time pass; who comes meanwhile waits. */
    private void until(double then) {
        while (arrived < requests.size() && requests.get(arrived).arrivalNs() <= then) {
            double came = requests.get(arrived).arrivalNs();
            presence += (came - now) * (arrived - left);
            now = came;
            waiting.add(arrived++);
        }
        presence += (then - now) * (arrived - left);
        now = then;
    }
}
