package dev.ridgepoint.analysis.serve;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.PassLabel;
import dev.ridgepoint.kernels.workload.ShapesWriter;
import dev.ridgepoint.kernels.workload.model.Model;
import dev.ridgepoint.kernels.workload.model.StepPart;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a run must measure so that steps are whole: every shape of every one, for {@code run --shapes}. */
public final class StepShapes {
    private StepShapes() {}

    /** An entry a shape and precision, however many steps ask for it. */
    public static ArrayNode of(Catalogue catalogue, List<ComposedStep> steps) {
        ArrayNode shapes = JsonNodeFactory.instance.arrayNode();
        Set<String> seen = new HashSet<>();
        for (ComposedStep step : steps) {
            Pass pass = PassLabel.parse(step.pass());
            Precision linear = Precision.parse(step.linear());
            Precision attention = Precision.parse(step.attention());
            Model model = catalogue.model(step.model());
            for (StepPart part : StepComposer.whole(model, pass, model.trip(pass), linear)) {
                String precision = StepComposer.precision(part.op(), linear, attention);
                Shape shape = MeasuredKernels.shape(part.op());
                if (seen.add(shape.id() + " " + precision)) {
                    shapes.addObject()
                            .put("id", step.model() + "/" + part.op().role() + "/" + step.pass() + "_" + precision)
                            .put("op", shape.op())
                            .put("precision", precision)
                            .put("model", step.model())
                            .put("role", part.op().role())
                            .put("phase", PassLabel.word(pass.phase()))
                            .set("shape", ShapesWriter.shape(shape));
                }
            }
        }
        return shapes;
    }
}
