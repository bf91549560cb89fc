package dev.ridgepoint.kernels.workload.model;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.PassLabel;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.TaskFamily;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A model's extents, and what its layers ask for when tokens pass through. */
public sealed interface Model
        permits Encoder,
                EncoderDecoder,
                Decoder,
                Unet,
                DiffusionTransformer,
                LatentVae,
                MlpVae,
                ConvGan,
                MappingGan,
                Recurrent,
                Flow,
                ResidualFlow {
    Card card();

    default String name() {
        return card().name();
    }

    /** Why this model is run. */
    TaskFamily family();

    /** The passes the catalogue lists; any other pass of these phases can be asked for by name. */
    List<Pass> passes();

    /**
     * The operations of one layer of each kind in a pass.
     *
     * @throws IllegalArgumentException naming the field, where the model does no such pass
     */
    List<LayerOp> layers(Pass pass);

    /**
     * The products and attention of all layers in a pass, each with the number of layers that run it: what a trip through
     * the model cannot do without. Adapters, quantisers and further ways of doing the same are left out.
     *
     * @throws IllegalArgumentException naming what is wrong, where nobody has written down how such a model's layers add up
     */
    default List<StepPart> trip(Pass pass) {
        throw new IllegalArgumentException(
                "model: " + name() + " is no decoder and no encoder; only their layers are added up to a step");
    }

    /**
     * What the products with weights of {@link #trip} read, each input once.
     *
     * @throws IllegalArgumentException as {@link #trip}
     */
    default List<StepInput> inputs(Pass pass) {
        trip(pass);
        return List.of();
    }

    /** The phases this model knows. */
    default Set<Phase> phases() {
        return passes().stream().map(Pass::phase).collect(Collectors.toCollection(TreeSet::new));
    }

    /** The refusal of a pass of a foreign phase. */
    default IllegalArgumentException noSuchPhase(Pass pass) {
        String known = phases().stream().map(PassLabel::word).collect(Collectors.joining(", "));
        return new IllegalArgumentException(
                "phase: " + name() + " does no " + PassLabel.word(pass.phase()) + "; it knows " + known);
    }
}
