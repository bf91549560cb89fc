package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.Regimes.Ceilings;
import dev.ridgepoint.kernels.precision.Footprint;
import dev.ridgepoint.kernels.shape.Shape;
import dev.ridgepoint.kernels.shape.WorkModel;

/**
 * What the classifier is asked about.
 *
 * @param id the caller's name for it
 * @param shape the operation's extents
 * @param hints what the shape object says beyond extents
 * @param bytes bytes an element; unused by quantisation, whose shape knows its types
 * @param declared datasheet ceilings in this precision
 * @param reached ceilings this kernel really reaches, or null where nobody measured them
 * @param context model and role, as far as known
 */
public record Descriptor(
        String id, Shape shape, Hints hints, Footprint bytes, Ceilings declared, Ceilings reached, Context context) {

    /** The same kernel with nothing said about where it runs. */
    public Descriptor blind() {
        return new Descriptor(id, shape, hints, bytes, declared, reached, Context.NONE);
    }

    /** The same question, whoever asks. */
    Descriptor anonymous() {
        return new Descriptor("", shape, hints, bytes, declared, reached, context);
    }

    public WorkModel work() {
        return shape.work(bytes);
    }
}
