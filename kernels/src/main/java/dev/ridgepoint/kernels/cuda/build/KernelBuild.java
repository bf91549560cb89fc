package dev.ridgepoint.kernels.cuda.build;

import dev.ridgepoint.kernels.cuda.cubin.Fatbin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compiles every CUDA kernel to one fatbin and one static report. What did not change is not compiled again, and where
 * nothing changed no process is started. Without nvcc one line says what is left out.
 */
public final class KernelBuild {
    private final Path work;
    private final Path out;

    KernelBuild(Path work, Path out) {
        this.work = work;
        this.out = out;
    }

    /** Arguments: the folder of sources, a folder for intermediate files, the folder of resources. */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path sources = Path.of(args[0]).toAbsolutePath().normalize();
        KernelBuild build = new KernelBuild(
                Path.of(args[1]).toAbsolutePath(), Path.of(args[2]).toAbsolutePath());
        try {
            build.run(KernelSource.under(sources), Nvcc.find(System.getenv()));
        } catch (BuildException e) {
            System.out.println(e.getMessage());
            System.exit(1);
        }
    }

    void run(List<KernelSource> sources, Optional<Nvcc> nvcc) throws IOException, InterruptedException, BuildException {
        removeOthers(nvcc.isPresent() ? sources : List.of());
        if (nvcc.isEmpty()) {
            System.out.println("Left out: the " + sources.size() + " CUDA kernels, which need nvcc 12.8 or newer."
                    + " Not checked: that they compile, what they use of a GPU, and that they run on a driver.");
            return;
        }
        List<KernelSource> stale = new ArrayList<>();
        for (KernelSource source : sources) {
            if (!isCurrent(source, nvcc.get())) {
                stale.add(source);
            }
        }
        compile(stale, nvcc.get());
    }

    private void compile(List<KernelSource> stale, Nvcc nvcc) throws IOException, InterruptedException, BuildException {
        ExecutorService pool = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (KernelSource source : stale) {
                running.add(pool.submit(() -> {
                    compile(source, nvcc);
                    return null;
                }));
            }
            List<String> failures = new ArrayList<>();
            for (Future<Void> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failures.add(
                            e.getCause() instanceof BuildException known
                                    ? known.getMessage()
                                    : e.getCause().toString());
                }
            }
            if (!failures.isEmpty()) {
                throw new BuildException(String.join("\n\n", failures));
            }
        } finally {
            pool.shutdown();
        }
    }

    private void compile(KernelSource source, Nvcc nvcc) throws IOException, InterruptedException, BuildException {
        List<String> targets = Targets.flags(SourcePaths.of(source));
        Path fatbin = work(source, ".fatbin");
        Files.createDirectories(fatbin.getParent());
        String said = nvcc.compile(source, targets, fatbin, work(source, ".d"));
        byte[] report = StaticReport.of(
                source.id(), nvcc.version(), Fatbin.parse(Files.readAllBytes(fatbin)), PtxasLog.parse(said));
        Files.createDirectories(out(source, ".fatbin").getParent());
        Files.copy(fatbin, out(source, ".fatbin"), StandardCopyOption.REPLACE_EXISTING);
        Files.write(out(source, ".json"), report);
        // Last: whatever was cut off before is compiled again.
        Files.writeString(work(source, ".digest"), digest(source, nvcc, targets));
    }

    private boolean isCurrent(KernelSource source, Nvcc nvcc) throws IOException, BuildException {
        Path recorded = work(source, ".digest");
        return Stream.of(recorded, work(source, ".d"), out(source, ".fatbin"), out(source, ".json"))
                        .allMatch(Files::exists)
                && Files.readString(recorded).equals(digest(source, nvcc, Targets.flags(SourcePaths.of(source))));
    }

    private String digest(KernelSource source, Nvcc nvcc, List<String> targets) throws IOException {
        List<String> flags = new ArrayList<>(Nvcc.FLAGS);
        flags.addAll(targets);
        return Dependencies.digest(source, work(source, ".d"), nvcc.fingerprint(), flags);
    }

    /** Removes what earlier builds made of sources that are no longer there. */
    private void removeOthers(List<KernelSource> sources) throws IOException {
        if (!Files.isDirectory(out)) {
            return;
        }
        Set<Path> wanted = sources.stream()
                .flatMap(source -> Stream.of(out(source, ".fatbin"), out(source, ".json")))
                .collect(Collectors.toSet());
        try (Stream<Path> files = Files.walk(out)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (!wanted.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private Path work(KernelSource source, String suffix) {
        return work.resolve(source.id() + suffix);
    }

    private Path out(KernelSource source, String suffix) {
        return out.resolve(source.id() + suffix);
    }
}
