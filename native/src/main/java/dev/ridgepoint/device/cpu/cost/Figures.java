package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.Precision;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** What measuring from Java costs and what our kernels are worth: every figure, by the table it belongs to. */
final class Figures {
    private static final int ROUNDS = 41;

    private static final List<QuantFormat> FORMATS = List.of(
            QuantFormat.INT8_TENSOR,
            QuantFormat.INT8_TOKEN,
            QuantFormat.INT8_CHANNEL,
            QuantFormat.FP8_E4M3_TENSOR,
            QuantFormat.FP8_E4M3_TOKEN,
            QuantFormat.FP8_E4M3_1X128,
            QuantFormat.FP8_E4M3_128X128);

    private static final Map<String, AttentionShape> SHAPES = Map.of(
            "BERT-base 128", AttentionShape.of(1, 12, 12, 128, 128, 64, Mask.FULL),
            "BERT-base 512", AttentionShape.of(1, 12, 12, 512, 512, 64, Mask.FULL),
            "Llama-3-8B prefill 512", AttentionShape.of(1, 32, 8, 512, 512, 128, Mask.CAUSAL),
            "Llama-3-8B decode 2048", AttentionShape.of(1, 32, 8, 1, 2048, 128, Mask.CAUSAL));

    private final CpuDevice device;
    private final Consumer<Figure> progress;

    /** Tells {@code progress} each figure as it is taken. */
    Figures(CpuDevice device, Consumer<Figure> progress) {
        this.device = device;
        this.progress = progress;
    }

    List<Figure> calls() {
        List<Figure> figures = new ArrayList<>();
        add(figures, CallCost.cube(device, 16, 2000, 10 * ROUNDS));
        add(figures, CallCost.cube(device, 1024, 1, ROUNDS));
        return figures;
    }

    List<Figure> quantisers(long bytes) {
        List<Figure> figures = new ArrayList<>();
        for (DType plain : List.of(DType.FP32, DType.BF16)) {
            for (QuantFormat format : FORMATS) {
                for (Direction direction : Direction.values()) {
                    add(figures, QuantiseCost.of(device, direction, plain, format, bytes, ROUNDS));
                }
            }
        }
        return figures;
    }

    List<Figure> attention() {
        List<Figure> figures = new ArrayList<>();
        for (String kernel : List.of("attention/cpu_fp32_onednn", "attention/cpu_fp32_native")) {
            SHAPES.keySet().stream()
                    .sorted()
                    .forEach(name -> add(figures, AttentionCost.of(device, kernel, name, SHAPES.get(name), ROUNDS)));
        }
        return figures;
    }

    List<Figure> decode() {
        List<Figure> figures = new ArrayList<>();
        for (Precision precision :
                List.of(Precision.FP32, Precision.BF16, Precision.BF16_KV_INT8, Precision.BF16_KV_FP8)) {
            for (long page : new long[] {0, 16}) {
                add(figures, DecodeCost.of(device, precision, page, ROUNDS));
            }
        }
        return figures;
    }

    private void add(List<Figure> figures, Figure figure) {
        figures.add(figure);
        progress.accept(figure);
    }
}
