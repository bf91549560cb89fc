package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModels.Layer;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Phase;
import dev.ridgepoint.kernels.workload.model.LayerOp;
import dev.ridgepoint.kernels.workload.model.Model;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
        Map<Architecture, List<Long>> widths = widths(known);
        for (Architecture architecture : Architecture.values()) {
            tables.put(architecture, table(widths.getOrDefault(architecture, List.of())));
        }
    }

    /**
     * Input widths of the first product of each pass, each model's different ones once: the layer's width, or those of a
     * U-Net's levels.
     */
    private static Map<Architecture, List<Long>> widths(KnownModels known) {
        Map<Architecture, List<Long>> widths = new EnumMap<>(Architecture.class);
        Set<Long> own = new HashSet<>();
        Model model = null;
        Pass last = null;
        for (Layer layer : known.layers()) {
            if (layer.model() != model) {
                model = layer.model();
                own.clear();
            }
            boolean first = layer.pass() != last && layer.op() instanceof LayerOp.Gemm;
            if (first && layer.pass().phase() != Phase.TRAIN) {
                last = layer.pass();
                long width = ((LayerOp.Gemm) layer.op()).shape().k();
                if (own.add(width)) {
                    widths.computeIfAbsent(layer.architecture(), a -> new ArrayList<>())
                            .add(width);
                }
            }
        }
        return widths;
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
