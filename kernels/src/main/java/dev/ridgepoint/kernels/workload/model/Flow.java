package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A normalising flow (Glow): at each level an invertible 1x1 convolution and a coupling network of three convolutions.
 * Each level trades two by two pixels for four times the channels, and half of those leave before the next. Positions
 * name the level.
 *
 * @param side pixels along an edge of the image
 * @param channels of the image
 * @param width channels inside the coupling network
 */
record Flow(Card card, long side, long channels, long levels, long width) implements Model {
    private static final long CONV_TAPS = 9;

    private record Level(long positions, long channels) {}

    static Model read(Card card, Fields fields) {
        Flow flow = new Flow(
                card,
                fields.extent("image"),
                fields.extent("channels"),
                fields.extent("levels"),
                fields.extent("coupling_width"));
        if (flow.levels > 30 || flow.side % (1L << flow.levels) != 0) {
            throw fields.error("levels", "image=" + flow.side + " does not halve " + flow.levels + " times");
        }
        return flow;
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    private List<Level> pyramid() {
        List<Level> pyramid = new ArrayList<>();
        long edge = side;
        long width = channels;
        for (int i = 0; i < levels; i++) {
            edge /= 2;
            width = i == 0 ? 4 * width : 2 * width;
            pyramid.add(new Level(edge * edge, width));
        }
        return pyramid;
    }

    @Override
    public List<Pass> passes() {
        List<Pass> passes = new ArrayList<>();
        for (Level level : pyramid()) {
            passes.add(Pass.oneShot(1, level.positions));
            passes.add(Pass.oneShot(64, level.positions));
        }
        return passes;
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT -> level(pass);
            default -> throw noSuchPhase(pass);
        };
    }

    private List<LayerOp> level(Pass pass) {
        for (Level level : pyramid()) {
            if (level.positions == pass.keys()) {
                return operations(pass.rows(), level.channels);
            }
        }
        String known = pyramid().stream().map(l -> Long.toString(l.positions)).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "s: " + name() + " has no level of " + pass.keys() + " positions; it has " + known);
    }

    private List<LayerOp> operations(long rows, long ch) {
        return List.of(
                DerivedWork.convolution("invertible", "conv 1x1", rows, ch, ch, 1),
                // The coupling network reads half the channels and writes a shift and a scale for the other half.
                DerivedWork.convolution("coupling_in", "conv 3x3", rows, width, ch / 2, CONV_TAPS),
                DerivedWork.convolution("coupling_mid", "conv 1x1", rows, width, width, 1),
                DerivedWork.convolution("coupling_out", "conv 3x3", rows, ch, width, CONV_TAPS));
    }
}
