package dev.ridgepoint.analysis.compare;

import dev.ridgepoint.results.bundle.BundleException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * nvbench files, each what one process measured, so that each is a fork: nvbench itself has none, and the spread of samples
 * within a process says nothing of what differs from one process to the next. One file a side can therefore carry no
 * verdict; three can be reported and five can gate, as everywhere.
 */
final class NvbenchSide implements Side {
    private static final List<String> UNCHECKED = List.of(
            "correctness of what was timed",
            "inputs",
            "which piece of the device it was",
            "driver and CUDA",
            "steadiness",
            "clocks and throttling",
            "commit and build",
            "that each file is a process of its own",
            "integrity of the figures");

    private final Path path;
    private final List<Path> files;

    NvbenchSide(Path path, List<Path> files) {
        this.path = path;
        this.files = List.copyOf(files);
    }

    /**
     * The files of a side, {@code a1.json,a2.json} naming several; empty where it is not nvbench's: its JSON is an object,
     * JMH's an array.
     */
    static List<Path> files(Path side) throws IOException {
        List<Path> files = new ArrayList<>();
        if (Files.exists(side)) {
            files.add(side);
        } else {
            for (String name : side.toString().split(",", -1)) {
                files.add(Path.of(name));
            }
        }
        if (files.size() == 1) {
            return !Files.isDirectory(side) && beginsAnObject(side) ? files : List.of();
        }
        for (Path file : files) {
            if (!beginsAnObject(file)) {
                throw new BundleException(file
                        + ": is no nvbench file; only these are joined by commas, for JMH's have their forks inside");
            }
        }
        return files;
    }

    private static boolean beginsAnObject(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            int first = in.read();
            while (first == ' ' || first == '\n' || first == '\r' || first == '\t') {
                first = in.read();
            }
            return first == '{';
        }
    }

    /** A case with a time of each file that has one. */
    private static final class OverFiles {
        private NvbenchState first;
        private Path from;
        private final Map<Integer, Double> nsByFile = new LinkedHashMap<>();
        private String reason;

        OverFiles(NvbenchState first, Path from) {
            this.first = first;
            this.from = from;
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public Grade grade() {
        return Grade.D;
    }

    @Override
    public List<String> gradeReasons() {
        return List.of(
                files.size() == 1
                        ? "one nvbench file, so one process and no fork beside it"
                        : files.size() + " nvbench files, each a fork");
    }

    @Override
    public List<String> unchecked() {
        return UNCHECKED;
    }

    @Override
    public void entries(Consumer<Entry> consumer) throws IOException {
        refuseCopies();
        Map<String, OverFiles> cases = new LinkedHashMap<>();
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            int fork = i;
            List<String> faults = new ArrayList<>();
            NvbenchFile.read(file, state -> {
                String fault = add(cases, state, file, fork);
                if (fault != null && faults.isEmpty()) {
                    faults.add(fault);
                }
            });
            if (!faults.isEmpty()) {
                throw new BundleException(file + ": " + faults.get(0));
            }
        }
        cases.values().forEach(one -> consumer.accept(entry(one)));
    }

    /** A copy would be counted as a second process that agrees with the first to the last bit. */
    private void refuseCopies() throws IOException {
        for (int i = 0; i < files.size(); i++) {
            for (Path before : files.subList(0, i)) {
                if (Files.mismatch(files.get(i), before) < 0) {
                    throw new BundleException(
                            files.get(i) + ": is the same as " + before + "; a copy is no second fork");
                }
            }
        }
    }

    /** Why the state cannot be a fork of what the files before have, or null. */
    private static String add(Map<String, OverFiles> cases, NvbenchState state, Path file, int fork) {
        OverFiles one = cases.computeIfAbsent(state.key(), key -> new OverFiles(state, file));
        if (!one.first.context().equals(state.context())) {
            return "its device or nvbench is another than that of " + one.from + "; they are no forks of one side";
        }
        if (Double.isNaN(state.ns())) {
            one.reason = state.reason();
            return null;
        }
        if (one.nsByFile.isEmpty()) {
            one.first = state;
            one.from = file;
        }
        if (!one.first.protocol().equals(state.protocol())) {
            return state.benchmark() + state.params() + " was measured in another way than in " + one.from
                    + "; they are no forks of one side";
        }
        return one.nsByFile.put(fork, state.ns()) == null
                ? null
                : state.benchmark() + state.params() + " is there twice; which of the two counts cannot be told";
    }

    private static Entry entry(OverFiles one) {
        boolean measured = !one.nsByFile.isEmpty();
        return new Entry(
                one.first.key(),
                one.first::problemKey,
                one.first.benchmark(),
                one.first.params(),
                null,
                one.first.protocol(),
                one.first.context(),
                null,
                measured ? Entry.MEASURED : "skipped",
                measured ? null : one.reason,
                one.nsByFile.keySet().stream().mapToInt(fork -> fork).toArray(),
                one.nsByFile.values().stream().mapToDouble(ns -> ns).toArray(),
                Entry.Health.UNKNOWN,
                Double.NaN);
    }
}
