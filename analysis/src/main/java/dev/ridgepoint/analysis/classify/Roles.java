package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a layer's role tells of the phase, for the few roles that do; {@code qkv}, {@code up} and their like do not. */
final class Roles {
    /** How seldom a role is used for something else than its name says. */
    private static final double MISNAMED = .01;

    private static final Odds GRADIENTS = Odds.all(5e-4).but(1, GRADIENT);
    private static final Odds WEIGHTS = only(WEIGHT_TRANSFORM);
    private static final Odds NO_WEIGHTS = Odds.all(1).but(MISNAMED, WEIGHT_TRANSFORM, GRADIENT);
    private static final Odds HEADS = only(ENCODER_HEAD);

    /** By the name's last part ({@code up_dgrad}) or its beginning ({@code quant_w_up}). */
    private static final Map<String, Odds> ODDS = Map.ofEntries(
            Map.entry("pool", HEADS),
            Map.entry("pooler", HEADS),
            Map.entry("cls", HEADS),
            Map.entry("classifier", HEADS),
            Map.entry("score", only(ENCODER_HEAD, LAST_TOKEN_HEAD)),
            Map.entry("rec", only(RNN_STEP, RNN_SEQ2SEQ_STEP)),
            Map.entry("recurrent", only(RNN_STEP, RNN_SEQ2SEQ_STEP)),
            Map.entry("inp", only(RNN_INPUT, RNN_SEQ2SEQ_INPUT)),
            Map.entry("conv", only(DENOISE, GENERATOR_MAP, SEQ2SEQ_ENCODE)),
            Map.entry("modulation", only(DENOISE)),
            Map.entry("enc", only(ENCODER_PASS, SEQ2SEQ_ENCODE, RNN_INPUT, RNN_SEQ2SEQ_INPUT, GENERATOR_DENSE)),
            Map.entry("dec", only(SEQ2SEQ_STEP, STEP, GENERATOR_DENSE, GENERATOR_MAP, RNN_SEQ2SEQ_STEP)),
            Map.entry("dgrad", GRADIENTS),
            Map.entry("wgrad", GRADIENTS),
            Map.entry("grad", GRADIENTS),
            Map.entry("weight", WEIGHTS),
            Map.entry("quant_w", WEIGHTS),
            Map.entry("dequant_w", WEIGHTS),
            Map.entry("kv", NO_WEIGHTS),
            Map.entry("act", NO_WEIGHTS),
            Map.entry("in", NO_WEIGHTS));

    private Roles() {}

    private static Odds only(Story... stories) {
        return Odds.all(MISNAMED).but(1, stories);
    }

    /** Odds of a role, a trailing number aside ({@code cls2}); empty where the role tells nothing. */
    static Optional<Odds> of(String role) {
        String plain = withoutNumber(role.toLowerCase(Locale.ROOT));
        String last = plain.substring(plain.lastIndexOf('_') + 1);
        return Stream.of(plain, start(plain), last)
                .filter(ODDS::containsKey)
                .findFirst()
                .map(ODDS::get);
    }

    private static String withoutNumber(String role) {
        int end = role.length();
        while (end > 0 && Character.isDigit(role.charAt(end - 1))) {
            end--;
        }
        return role.substring(0, end);
    }

    /** The first two parts of a name of three. */
    private static String start(String role) {
        int first = role.indexOf('_');
        int second = first < 0 ? -1 : role.indexOf('_', first + 1);
        return second < 0 ? role : role.substring(0, second);
    }
}
