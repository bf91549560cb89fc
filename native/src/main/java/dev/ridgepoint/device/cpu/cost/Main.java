package dev.ridgepoint.device.cpu.cost;

import dev.ridgepoint.device.Devices;
import dev.ridgepoint.device.cpu.CpuDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * Takes every figure of the CPU backend in one run and prints them; with a file as argument, writes them between that
 * file's markers for this processor too. A report, not a test: it judges, and always exits with 0 once all is measured.
 */
public final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        String before = load();
        try (CpuDevice device = (CpuDevice) Devices.open("cpu")) {
            FiguresPage page = new FiguresPage(device.traits().name());
            Figures figures = new Figures(device, figure -> System.err.println(FiguresPage.line(figure)));
            List<Figure> calls = figures.calls();
            List<Figure> attention = figures.attention();
            List<Figure> inMemory = figures.quantisers(QuantiseCost.IN_MEMORY);
            List<Figure> inCache = figures.quantisers(QuantiseCost.IN_CACHE);
            List<Figure> decode = figures.decode();
            context(page, device, before);
            page.table("A launch from Java against a call from C++", calls);
            page.table("Attention against oneDNN's product + softmax + product called from C++", attention);
            page.table("Quantise and dequantise 64 MiB of plain elements, which no cache holds", inMemory);
            page.table("Quantise and dequantise 128 KiB of plain elements, which a cache holds", inCache);
            page.table("Decode of Llama-3-8B, batch 4, 4096 keys, against reading the cache", decode);
            System.out.print(page);
            if (args.length > 0) {
                page.replaceIn(Path.of(args[0]));
            }
        }
    }

    private static void context(FiguresPage page, CpuDevice device, String before) {
        page.context(
                "measured",
                "CPU, not GPU: " + device.traits().name() + ", "
                        + device.traits().units() + " units, " + LocalDate.now());
        device.stack().forEach(page::context);
        page.context("Java", System.getProperty("java.vm.version"));
        page.context("Linux", System.getProperty("os.version"));
        page.context("load average before and after", before + " and " + load());
    }

    private static String load() {
        try {
            return Files.readString(Path.of("/proc/loadavg")).split(" ")[0];
        } catch (IOException e) {
            return "unknown";
        }
    }
}
