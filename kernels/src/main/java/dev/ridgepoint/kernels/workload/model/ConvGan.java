package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A generator of transposed convolutions (DCGAN). Output positions name the layer; the first, of one position, projects
 * the noise.
 *
 * <p>A transposed convolution is counted as the GEMM over its whole output with zeros put between the inputs, as the
 * labelled cases do: with stride 2 three quarters of those products are by zero.
 *
 * @param latent elements of noise
 * @param project the block the noise is projected to
 */
record ConvGan(Card card, long latent, Block project, List<Conv> convs) implements Model {
    record Block(long channels, long side) {}

    record Conv(long cin, long cout, long side, long kernel) {
        long positions() {
            return side * side;
        }
    }

    static Model read(Card card, Fields fields) {
        Block project = new Block(fields.extent("project_channels"), fields.extent("project_side"));
        return new ConvGan(card, fields.extent("latent"), project, fields.objects("convs", ConvGan::conv));
    }

    private static Conv conv(Fields fields) {
        return new Conv(fields.extent("cin"), fields.extent("cout"), fields.extent("hw"), fields.extent("kernel"));
    }

    @Override
    public TaskFamily family() {
        return TaskFamily.GENERATIVE_MEDIA;
    }

    @Override
    public List<Pass> passes() {
        return positions()
                .flatMap(s -> Stream.of(Pass.oneShot(1, s), Pass.oneShot(64, s)))
                .toList();
    }

    private Stream<Long> positions() {
        return Stream.concat(Stream.of(1L), convs.stream().map(Conv::positions));
    }

    @Override
    public List<LayerOp> layers(Pass pass) {
        return switch (pass.phase()) {
            case ONE_SHOT -> List.of(layer(pass));
            default -> throw noSuchPhase(pass);
        };
    }

    private LayerOp layer(Pass pass) {
        if (pass.keys() == 1) {
            long width = project.channels * project.side * project.side;
            return Linear.of("project", width, latent).on(pass.batch());
        }
        for (Conv conv : convs) {
            if (conv.positions() == pass.keys()) {
                String what = "transposed conv " + conv.kernel + "x" + conv.kernel + ", stride 2";
                return DerivedWork.convolution(
                        "conv", what, pass.rows(), conv.cout, conv.cin, conv.kernel * conv.kernel);
            }
        }
        String known = positions().map(String::valueOf).collect(Collectors.joining(", "));
        throw new IllegalArgumentException(
                "s: " + name() + " has no layer of " + pass.keys() + " positions; it has " + known);
    }
}
