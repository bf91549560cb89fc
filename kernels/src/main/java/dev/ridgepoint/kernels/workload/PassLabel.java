package dev.ridgepoint.kernels.workload;

import dev.ridgepoint.kernels.shape.AttentionShape.Segment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names of passes, written and read: a phase, its lengths, its options, joined by {@code _}.
 *
 * <pre>
 *   encode prefill train denoise oneshot   b(batch) s(tokens)            encode_b8_s128
 *   chunk verify                           b(batch) q(new) kv(keys)      verify_b1_q5_kv2048_tree
 *   decode                                 b(batch) kv(keys)             decode_b4_kv60_src512_beams4
 *   step                                   b(batch)                      step_b64
 *   any of these but step, ragged          (count)x(new)x(keys) ...      mixed_1x512x2048_32x1x2048
 *   offline
 *   options                                src(tokens) beams(n) page(tokens) tree tp(devices)
 * </pre>
 */
public final class PassLabel {
    private static final Map<Phase, String> WORDS = new LinkedHashMap<>();

    static {
        WORDS.put(Phase.ENCODE, "encode");
        WORDS.put(Phase.PREFILL, "prefill");
        WORDS.put(Phase.CHUNKED_PREFILL, "chunk");
        WORDS.put(Phase.DECODE, "decode");
        WORDS.put(Phase.SPEC_VERIFY, "verify");
        WORDS.put(Phase.MIXED_BATCH, "mixed");
        WORDS.put(Phase.RECURRENT_STEP, "step");
        WORDS.put(Phase.DENOISE, "denoise");
        WORDS.put(Phase.ONE_SHOT, "oneshot");
        WORDS.put(Phase.TRAIN, "train");
        WORDS.put(Phase.OFFLINE, "offline");
    }

    private static final Pattern LENGTH = Pattern.compile("([a-z]+)(\\d{1,18})");
    private static final Pattern SEGMENT = Pattern.compile("(\\d{1,12})x(\\d{1,12})x(\\d{1,12})");

    private PassLabel() {}

    /** The word for a phase in names and queries. */
    public static String word(Phase phase) {
        return WORDS.get(phase);
    }

    /** The words for all phases. */
    public static List<String> words() {
        return List.copyOf(WORDS.values());
    }

    static String of(Pass pass) {
        StringBuilder label = new StringBuilder(word(pass.phase()));
        if (pass.isUniform() && pass.phase() != Phase.MIXED_BATCH) {
            appendLengths(label, pass);
        } else {
            for (Segment s : pass.sequences()) {
                label.append("_")
                        .append(s.count())
                        .append("x")
                        .append(s.seqLenQ())
                        .append("x")
                        .append(s.seqLenKv());
            }
        }
        append(label, "src", pass.sourceTokens(), 0);
        append(label, "beams", pass.beams(), 1);
        append(label, "page", pass.pageSize(), 0);
        if (pass.tree()) {
            label.append("_tree");
        }
        append(label, "tp", pass.tensorParallel(), 1);
        return label.toString();
    }

    private static void appendLengths(StringBuilder label, Pass pass) {
        label.append("_b").append(pass.batch());
        switch (pass.phase()) {
            case ENCODE, PREFILL, TRAIN, DENOISE, ONE_SHOT -> label.append("_s").append(pass.keys());
            case CHUNKED_PREFILL, SPEC_VERIFY ->
                label.append("_q").append(pass.newTokens()).append("_kv").append(pass.keys());
            case DECODE -> label.append("_kv").append(pass.keys());
            default -> {
                // A recurrent step has no length besides its batch.
            }
        }
    }

    private static void append(StringBuilder label, String name, long value, long usual) {
        if (value != usual) {
            label.append("_").append(name).append(value);
        }
    }

    /**
     * The pass of that name.
     *
     * @throws IllegalArgumentException naming the length that is wrong, or saying how such names are written
     */
    public static Pass parse(String label) {
        return read(label)
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "pass: cannot read '" + label
                                        + "'; write it as in decode_b1_kv2048, encode_b8_s128, verify_b1_q5_kv2048, step_b64, offline"));
    }

    /** The pass of that name, or nothing where the name is not exactly one that {@link Pass#label} writes. */
    static Optional<Pass> tryParse(String label) {
        try {
            return read(label);
        } catch (IllegalArgumentException impossible) {
            return Optional.empty();
        }
    }

    private static Optional<Pass> read(String label) {
        String[] parts = label.split("_", -1);
        for (Map.Entry<Phase, String> word : WORDS.entrySet()) {
            if (word.getValue().equals(parts[0])) {
                return build(word.getKey(), parts).filter(pass -> pass.label().equals(label));
            }
        }
        return Optional.empty();
    }

    private static Optional<Pass> build(Phase phase, String[] parts) {
        List<Segment> segments = new ArrayList<>();
        Map<String, Long> lengths = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            Matcher segment = SEGMENT.matcher(parts[i]);
            Matcher length = LENGTH.matcher(parts[i]);
            if (segment.matches()) {
                segments.add(new Segment(number(segment, 1), number(segment, 2), number(segment, 3)));
            } else if (length.matches()) {
                lengths.put(length.group(1), number(length, 2));
            } else if (parts[i].equals("tree")) {
                lengths.put("tree", 1L);
            } else {
                return Optional.empty();
            }
        }
        if (segments.isEmpty() && phase != Phase.OFFLINE) {
            if (!lengths.containsKey("b")) {
                return Optional.empty();
            }
            segments.add(uniform(lengths));
        }
        return Optional.of(new Pass(
                phase,
                segments,
                lengths.getOrDefault("src", 0L),
                lengths.getOrDefault("beams", 1L),
                lengths.getOrDefault("page", 0L),
                lengths.containsKey("tree"),
                (int) Math.min(Integer.MAX_VALUE, lengths.getOrDefault("tp", 1L))));
    }

    private static Segment uniform(Map<String, Long> lengths) {
        long keys = lengths.getOrDefault("s", lengths.getOrDefault("kv", 1L));
        long queries = lengths.getOrDefault("s", lengths.getOrDefault("q", 1L));
        return new Segment(lengths.get("b"), queries, keys);
    }

    private static long number(Matcher matcher, int group) {
        return Long.parseLong(matcher.group(group));
    }
}
