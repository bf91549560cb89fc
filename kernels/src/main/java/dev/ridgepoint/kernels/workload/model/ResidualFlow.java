package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A normalising flow whose coupling networks are residual (RealNVP). The first scale works on the image under a
 * checkerboard mask; each squeeze trades two by two pixels for four times the channels, of which half leave before the
 * next scale, and doubles the feature maps. Positions name the scale.
 *
 * @param side pixels along an edge of the image
 * @param channels of the image
 * @param squeezes how often resolution is halved
 * @param width feature maps of the first scale's coupling networks
 * @param blocks residual blocks of a coupling network, of two convolutions each
 */
record ResidualFlow(Card card, long side, long channels, long squeezes, long width, long blocks) implements Model {
    private static final long CONV_TAPS = 9;

    /** Couplings over {@code channels} before the next squeeze, or between it and the half that leaves. */
    private record Scale(long positions, long channels, long width) {}

    static Model read(Card card, Fields fields) {
        ResidualFlow flow = new ResidualFlow(
                card,
                fields.extent("image"),
                fields.extent("channels"),
                fields.extent("squeezes"),
                fields.extent("coupling_width"),
                fields.extent("blocks"));
        if (flow.squeezes > 30 || flow.side % (1L << flow.squeezes) != 0) {
            throw fields.error("squeezes", "image=" + flow.side + " does not halve " + flow.squeezes + " times");
        }
        return flow;
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    /** Channels double from scale to scale: four times as many by the squeeze, and half of them leave. */
    private List<Scale> scales() {
        List<Scale> scales = new ArrayList<>();
        for (long i = 0; i <= squeezes; i++) {
            long edge = side >> i;
            scales.add(new Scale(edge * edge, channels << i, width << i));
        }
        return scales;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (Scale scale : scales()) {
            passes.add(Pass.oneShot(1, scale.positions));
            passes.add(Pass.oneShot(64, scale.positions));
        }
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT -> coupling(pass);
            default -> throw noSuchPhase(pass);
        };
    }

    /** The mask zeroes what a coupling network must not see; it keeps all channels and writes a shift and a scale. */
    private List<LayerOp> coupling(Pass pass) {
        for (Scale scale : scales()) {
            if (scale.positions == pass.keys()) {
                long rows = pass.rows();
                return List.of(
                        DerivedWork.convolution(
                                "coupling_in", "conv 3x3", rows, scale.width, scale.channels, CONV_TAPS),
                        DerivedWork.convolution(
                                "coupling_block", "conv 3x3", rows, scale.width, scale.width, CONV_TAPS),
                        DerivedWork.convolution("coupling_out", "conv 1x1", rows, 2 * scale.channels, scale.width, 1));
            }
        }
        String known = scales().stream().map(s -> Long.toString(s.positions)).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "s: " + name() + " has no scale of " + pass.keys() + " positions; it has " + known);
    }
}
