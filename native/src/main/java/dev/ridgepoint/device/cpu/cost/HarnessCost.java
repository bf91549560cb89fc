package dev.ridgepoint.device.cpu.cost;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.CpuDevice;
import dev.ridgepoint.kernels.precision.DType;
import dev.ridgepoint.kernels.precision.QuantFormat;
import dev.ridgepoint.kernels.shape.AttentionShape;
import dev.ridgepoint.kernels.shape.Mask;
import dev.ridgepoint.kernels.shape.QuantizeShape.Direction;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What measuring from Java costs, and what our kernels are worth, as ratios taken in one run. Prints a table; with a file
 * as argument, writes it as JSON too.
 */
public final class HarnessCost {
    private static final int ROUNDS = 41;

    private HarnessCost() {}

    public static void main(String[] args) throws IOException {
        try (CpuDevice device = (CpuDevice) Devices.open("cpu")) {
            List<Figure> figures = new ArrayList<>();
            print(System.out, device);
            for (Figure figure : measure(device)) {
                figures.add(figure);
            }
            figures.forEach(figure -> print(System.out, figure));
            if (args.length > 0) {
                new ObjectMapper()
                        .writerWithDefaultPrettyPrinter()
                        .writeValue(Path.of(args[0]).toFile(), json(device, figures));
            }
        }
    }

    private static List<Figure> measure(CpuDevice device) {
        List<Figure> figures = new ArrayList<>();
        figures.add(CallCost.cube(device, 16, 2000, 10 * ROUNDS));
        figures.add(CallCost.cube(device, 1024, 1, ROUNDS));
        for (DType plain : List.of(DType.FP32, DType.BF16)) {
            for (QuantFormat format :
                    List.of(QuantFormat.INT8_TOKEN, QuantFormat.FP8_E4M3_TOKEN, QuantFormat.FP8_E4M3_1X128)) {
                for (Direction direction : Direction.values()) {
                    figures.add(QuantiseCost.of(device, direction, plain, format, ROUNDS));
                }
            }
        }
        AttentionShape bert = AttentionShape.of(1, 12, 12, 512, 512, 64, Mask.FULL);
        AttentionShape prefill = AttentionShape.of(1, 32, 8, 512, 512, 128, Mask.CAUSAL);
        AttentionShape decode = AttentionShape.of(1, 32, 8, 1, 2048, 128, Mask.CAUSAL);
        for (String kernel : List.of("attention/cpu_fp32_onednn", "attention/cpu_fp32_native")) {
            figures.add(AttentionCost.of(device, kernel, "BERT-base 512", bert, ROUNDS));
            figures.add(AttentionCost.of(device, kernel, "Llama-3-8B prefill 512", prefill, ROUNDS));
            figures.add(AttentionCost.of(device, kernel, "Llama-3-8B decode 2048", decode, ROUNDS));
        }
        return figures;
    }

    private static void print(PrintStream out, CpuDevice device) {
        out.println("CPU, not GPU: " + device.traits().name() + ", "
                + device.stack().get("oneDNN instruction set") + ", "
                + device.stack().get("threads") + " thread");
        out.printf(
                "%-52s %12s %12s %7s %15s  %-26s %s%n", "ours", "ours", "theirs", "ratio", "quartiles", "goal", "met");
    }

    private static void print(PrintStream out, Figure figure) {
        Ratio r = figure.measured();
        out.printf(
                Locale.ROOT,
                "%-52s %9.3f us %9.3f us %7.3f %7.3f-%7.3f  %-26s %s%n",
                figure.what(),
                r.oursNs() / 1e3,
                r.theirsNs() / 1e3,
                r.ratio(),
                r.low(),
                r.high(),
                figure.goal(),
                figure.met() ? "yes" : "NO");
    }

    private static ObjectNode json(CpuDevice device, List<Figure> figures) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.put("device", device.traits().name());
        device.stack().forEach(root.putObject("stack")::put);
        ArrayNode array = root.putArray("figures");
        for (Figure figure : figures) {
            Ratio r = figure.measured();
            array.addObject()
                    .put("what", figure.what())
                    .put("against", figure.theirs())
                    .put("oursNs", r.oursNs())
                    .put("theirsNs", r.theirsNs())
                    .put("ratio", r.ratio())
                    .put("firstQuartile", r.low())
                    .put("thirdQuartile", r.high())
                    .put("rounds", r.rounds())
                    .put("goal", figure.goal())
                    .put("met", figure.met());
        }
        return root;
    }
}
