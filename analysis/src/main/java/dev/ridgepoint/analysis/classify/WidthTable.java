package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** How usual a model width is in each architecture: the catalogue's widths, blurred. */
final class WidthTable {
    /** Width of the blur, in octaves: a width half as large again is no longer alike. */
    private static final double BLUR = .18;
    /** Models of widths like none in the catalogue, to be reckoned with beside those of each table. */
    private static final double UNLIKE_MODELS = 2;

    private static final int CELLS_AN_OCTAVE = 16;
    private static final int OCTAVES = 20;

    private final Map<Architecture, double[]> tables = new EnumMap<>(Architecture.class);

    WidthTable(KnownModels known) {
        for (Architecture architecture : Architecture.values()) {
            tables.put(architecture, table(widths(known, architecture)));
        }
    }

    /** The input width of the first product of each pass: a layer's width, or that of a U-Net's level. */
    private static List<Long> widths(KnownModels known, Architecture architecture) {
        List<Long> widths = new ArrayList<>();
        for (Model model : known.all()) {
            if (KnownModels.architecture(model) == architecture) {
                Set<Long> own = new TreeSet<>();
                model.passes().forEach(pass -> first(model, pass).ifPresent(own::add));
                widths.addAll(own);
            }
        }
        return widths;
    }

    private static Optional<Long> first(Model model, Pass pass) {
        return model.layers(pass).stream()
                .filter(op -> op instanceof LayerOp.Gemm && pass.phase() != Phase.TRAIN)
                .map(op -> ((LayerOp.Gemm) op).shape().k())
                .findFirst();
    }

    private static double[] table(List<Long> widths) {
        double[] density = new double[OCTAVES * CELLS_AN_OCTAVE];
        for (int cell = 0; cell < density.length; cell++) {
            double sum = 0;
            for (long width : widths) {
                double z = (cell / (double) CELLS_AN_OCTAVE - log2(width)) / BLUR;
                sum += Math.exp(-z * z / 2) / (BLUR * Math.sqrt(2 * Math.PI));
            }
            density[cell] = (sum + UNLIKE_MODELS / OCTAVES) / (widths.size() + UNLIKE_MODELS);
        }
        return density;
    }

    /** Density an octave of that width in that architecture. */
    double of(Architecture architecture, long width) {
        int cell = (int) Math.round(log2(Math.max(1, width)) * CELLS_AN_OCTAVE);
        double[] table = tables.get(architecture);
        return table[Math.min(cell, table.length - 1)];
    }

    private static double log2(double x) {
        return Math.log(x) / Math.log(2);
    }
}
