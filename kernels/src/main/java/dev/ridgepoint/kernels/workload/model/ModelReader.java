package dev.ridgepoint.kernels.workload.model;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;

/** Turns an entry of the catalogue into a model of its class; a new class of models adds one line here. */
public final class ModelReader {
    private static final Map<String, BiFunction<Card, Fields, Model>> CLASSES = new LinkedHashMap<>();

    static {
        CLASSES.put("encoder", Encoder::read);
        CLASSES.put("encoder-decoder", EncoderDecoder::read);
        CLASSES.put("decoder", Decoder::read);
        CLASSES.put("diffusion-unet", Unet::read);
        CLASSES.put("diffusion-transformer", DiffusionTransformer::read);
        CLASSES.put(
                "vae",
                (card, fields) -> fields.has("heads") ? LatentVae.read(card, fields) : MlpVae.read(card, fields));
        CLASSES.put(
                "gan",
                (card, fields) -> fields.has("convs") ? ConvGan.read(card, fields) : MappingGan.read(card, fields));
        CLASSES.put("rnn", Recurrent::read);
        CLASSES.put("rnn-seq2seq", Recurrent::read);
        CLASSES.put(
                "flow",
                (card, fields) -> fields.has("blocks") ? ResidualFlow.read(card, fields) : Flow.read(card, fields));
    }

    private ModelReader() {}

    /**
     * Reads one entry.
     *
     * @throws IllegalArgumentException naming the model and the field
     */
    public static Model read(JsonNode entry) {
        String name = entry.path("model").asText("?");
        Fields fields = new Fields(name, "", entry);
        Card card = new Card(
                fields.text("model"),
                fields.text("cls"),
                fields.text("source"),
                verified(fields),
                fields.textOrNone("note"));
        var reader = CLASSES.get(card.cls());
        if (reader == null) {
            throw fields.error("cls", "unknown '" + card.cls() + "'; known: " + String.join(", ", CLASSES.keySet()));
        }
        Model model = reader.apply(card, fields);
        fields.refuseUnread();
        return model;
    }

    private static Card.Verified verified(Fields fields) {
        String how = fields.text("verified");
        for (Card.Verified verified : Card.Verified.values()) {
            if (verified.name().toLowerCase(Locale.ROOT).equals(how)) {
                return verified;
            }
        }
        throw fields.error("verified", "expected lookup or recall, got " + how);
    }
}
