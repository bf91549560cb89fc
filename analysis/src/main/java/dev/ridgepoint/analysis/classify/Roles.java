package dev.ridgepoint.analysis.classify;

import static dev.ridgepoint.analysis.classify.Story.*;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a layer's role tells of the phase, for the few roles that do; {@code qkv}, {@code up} and their like do not. */
final class Roles {
    /** How seldom a role is used for something else than its name says. */
    private static final double MISNAMED = .01;

    private static final Map<String, Odds> ODDS = Map.ofEntries(
            Map.entry("pool", only(ENCODER_HEAD)),
            Map.entry("pooler", only(ENCODER_HEAD)),
            Map.entry("cls", only(ENCODER_HEAD)),
            Map.entry("classifier", only(ENCODER_HEAD)),
            Map.entry("score", only(ENCODER_HEAD, LAST_TOKEN_HEAD)),
            Map.entry("rec", only(RNN_STEP, RNN_SEQ2SEQ_STEP)),
            Map.entry("recurrent", only(RNN_STEP, RNN_SEQ2SEQ_STEP)),
            Map.entry("inp", only(RNN_INPUT, RNN_SEQ2SEQ_INPUT)),
            Map.entry("conv", only(DENOISE, GENERATOR_PASS)),
            Map.entry("enc", only(ENCODER_PASS, SEQ2SEQ_ENCODE, RNN_INPUT, RNN_SEQ2SEQ_INPUT, GENERATOR_PASS)),
            Map.entry("dec", only(SEQ2SEQ_STEP, STEP, GENERATOR_PASS, RNN_SEQ2SEQ_STEP)),
            Map.entry("dgrad", only(GRADIENT)),
            Map.entry("wgrad", only(GRADIENT)),
            Map.entry("weight", only(WEIGHT_TRANSFORM)),
            Map.entry("kv", Odds.all(1).but(MISNAMED, WEIGHT_TRANSFORM)),
            Map.entry("act", Odds.all(1).but(MISNAMED, WEIGHT_TRANSFORM)));

    private Roles() {}

    private static Odds only(Story... stories) {
        return Odds.all(MISNAMED).but(1, stories);
    }

    /** Odds of a role, a trailing number aside ({@code cls2}); empty where the role tells nothing. */
    static Optional<Odds> of(String role) {
        String plain = role.toLowerCase(Locale.ROOT).replaceAll("[0-9]+$", "");
        return Optional.ofNullable(ODDS.get(plain));
    }
}
