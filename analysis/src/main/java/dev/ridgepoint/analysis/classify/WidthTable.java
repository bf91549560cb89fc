package dev.ridgepoint.analysis.classify;

import dev.ridgepoint.analysis.classify.KnownModel.Level;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How usual a model width is in each architecture: the catalogue's widths, blurred. */
final class WidthTable {
    /** Width of the blur, in octaves: a width half as large again is no longer alike. */
    private static final double BLUR = .22;
    /** Part kept for widths like none in the catalogue. */
    private static final double UNLIKE = .12;

    private static final int CELLS_AN_OCTAVE = 16;
    private static final int OCTAVES = 20;

    private final Map<Architecture, double[]> tables = new EnumMap<>(Architecture.class);

    WidthTable(KnownModels known) {
        for (Architecture architecture : Architecture.values()) {
            tables.put(architecture, table(widths(known, architecture)));
        }
    }

    private static List<Long> widths(KnownModels known, Architecture architecture) {
        List<Long> widths = new ArrayList<>();
        for (KnownModel model : known.all()) {
            if (model.architecture() != architecture) {
                continue;
            }
            if (model.levels().isEmpty()) {
                widths.add(model.hidden());
            }
            for (Level level : model.levels()) {
                widths.add(level.channels());
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
            double alike = widths.isEmpty() ? 0 : (1 - UNLIKE) * sum / widths.size();
            density[cell] = alike + (widths.isEmpty() ? 1 : UNLIKE) / OCTAVES;
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
