package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A diffusion U-Net: at each level of the latent, attention within it and across to the text, a gated feed-forward
 * layer, convolutions. The number of positions names the level, so a pass asks for one level.
 *
 * @param levels from fine to coarse
 * @param ffnMult inner width of the feed-forward layer, in channels of the level
 * @param textTokens length of the text attended to
 * @param textWidth width of the text encoder's states
 */
record Unet(Card card, List<Level> levels, long ffnMult, long textTokens, long textWidth) implements Model {
    private static final long CONV_TAPS = 9;

    /** {@code tokens} positions of {@code channels}, and the heads that attend there. */
    record Level(long tokens, long channels, Heads heads) {}

    static Model read(Card card, Fields fields) {
        Unet unet = new Unet(
                card,
                fields.objects("levels", Unet::level),
                fields.extent("ffn_mult"),
                fields.extent("cross_len"),
                fields.extent("cross_dim"));
        if (unet.levels.stream().map(Level::tokens).distinct().count() < unet.levels.size()) {
            throw fields.error("levels", "two levels have the same tokens, by which a pass names a level");
        }
        return unet;
    }

    private static Level level(Fields fields) {
        Level level = new Level(fields.extent("tokens"), fields.extent("ch"), Heads.read(fields, false));
        if (level.heads.queryWidth() != level.channels) {
            throw fields.error(
                    "head_dim",
                    "heads x head_dim = " + level.heads.queryWidth() + " is not ch=" + level.channels
                            + "; attention_head_dim in published configs is the head COUNT");
        }
        return level;
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    /** One image and four, twice each: guidance runs the prompt and the empty prompt together. */
    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (Level level : levels) {
            passes.add(Pass.denoise(2, level.tokens));
            passes.add(Pass.denoise(8, level.tokens));
        }
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case DENOISE -> denoise(pass, levelOf(pass.keys()));
            default -> throw noSuchPhase(pass);
        };
    }

    private Level levelOf(long tokens) {
        return levels.stream().filter(l -> l.tokens == tokens).findFirst().orElseThrow(() -> {
            String known = levels.stream().map(l -> Long.toString(l.tokens)).collect(Collectors.joining(", "));
            return new IllegalArgumentException(
                    "s: " + name() + " has no level of " + tokens + " tokens; it has " + known);
        });
    }

    private List<LayerOp> denoise(Pass pass, Level level) {
        long rows = pass.rows();
        long ch = level.channels;
        Heads heads = level.heads;
        List<LayerOp> ops = new ArrayList<>();
        heads.projections(ch).forEach(linear -> ops.add(linear.on(rows)));
        ops.add(Linear.of("cross_q", ch, ch).on(rows));
        ops.add(Linear.of("cross_kv", 2 * ch, textWidth).on(pass.batch() * textTokens));
        ops.add(Linear.of("cross_o", ch, ch).on(rows));
        ops.add(Linear.of("geglu", 2 * ffnMult * ch, ch).on(rows));
        ops.add(Linear.of("down", ch, ffnMult * ch).on(rows));
        ops.add(new LayerOp.Attend("self", Attentions.full(pass.batch(), heads, level.tokens, level.tokens), false));
        ops.add(new LayerOp.Attend("cross", Attentions.full(pass.batch(), heads, level.tokens, textTokens), false));
        ops.add(DerivedWork.convolution("conv", "conv 3x3", rows, ch, ch, CONV_TAPS));
        return ops;
    }
}
