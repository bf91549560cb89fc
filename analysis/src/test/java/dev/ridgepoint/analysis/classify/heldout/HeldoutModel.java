package dev.ridgepoint.analysis.classify.heldout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A model the development cases do not use; extents as its configuration states them. */
record HeldoutModel(
        String name,
        String cls,
        String family,
        boolean inCatalogue,
        long hidden,
        long heads,
        long kvHeads,
        long headDim,
        long ffn,
        boolean gated,
        long vocab,
        long maxContext,
        long experts,
        long topK,
        long expertFfn) {

    static List<HeldoutModel> all() throws IOException {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(HeldoutModel.class.getResourceAsStream("models.csv"), StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(HeldoutModel::read)
                    .toList();
        }
    }

    private static HeldoutModel read(String line) {
        String[] f = line.split(",");
        return new HeldoutModel(
                f[0],
                f[1],
                f[2],
                f[3].equals("in"),
                Long.parseLong(f[4]),
                Long.parseLong(f[5]),
                Long.parseLong(f[6]),
                Long.parseLong(f[7]),
                Long.parseLong(f[8]),
                f[9].equals("1"),
                Long.parseLong(f[10]),
                Long.parseLong(f[11]),
                Long.parseLong(f[12]),
                Long.parseLong(f[13]),
                Long.parseLong(f[14]));
    }

    String taskFamily() {
        return switch (cls) {
            case "encoder", "rnn" -> "UNDERSTANDING";
            case "encoder-decoder", "rnn-seq2seq" -> "SEQ2SEQ";
            case "decoder" -> "GENERATIVE_TEXT";
            default -> "GENERATIVE_MEDIA";
        };
    }

    long qkvWidth() {
        return (heads + 2 * kvHeads) * headDim;
    }

    long upWidth() {
        return gated ? 2 * ffn : ffn;
    }
}
