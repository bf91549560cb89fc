package dev.ridgepoint.benchmarks.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ridgepoint.benchmarks.doctor.BuildInfo;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.json.JsonFormatException;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * What a command over sides that take turns was asked, kept in its folder before its first side is prepared, so that it
 * can go on after a kill: what has run lies in the bundles, and everything else follows from these words again.
 *
 * @param command which command
 * @param words as they were typed, but for how to answer
 * @param files SHA-256 of every file the words name, by the path as typed
 */
record TurnQuestion(String command, List<String> words, Map<String, String> files) {
    /** Folder of own shapes that bundles were asked with, written anew from their cases. */
    static final String SHAPES = "shapes";

    private static final String FILE = "question.json";
    private static final String END = "--";
    private static final String JSON = "--json";
    private static final Set<String> HOW_TO_ANSWER = Set.of(JSON, "--debug");
    private static final int SHORT = 12;
    private static final long MOST_BYTES = 4L << 20;

    /** What runs once a question is on record. */
    @FunctionalInterface
    interface Attempt {
        int run() throws IOException;
    }

    /**
     * Puts a question on record and has it answered; one that prepared nothing leaves no trace.
     *
     * @param folder where its bundles go, not there yet or empty
     * @param named files beyond those among the words
     */
    static int begin(String command, CommandSpec spec, Path folder, List<Path> named, Attempt attempt)
            throws IOException {
        List<String> typed = spec.root().commandLine().getParseResult().originalArgs();
        List<String> own = beforeEnd(typed);
        List<String> words = new ArrayList<>(
                own.stream().filter(word -> !HOW_TO_ANSWER.contains(word)).toList());
        words.addAll(typed.subList(own.size(), typed.size()));
        new TurnQuestion(command, words, files(own, named)).write(folder);
        try {
            return attempt.run();
        } finally {
            if (Set.of(FILE, SHAPES).containsAll(names(folder))) {
                delete(folder);
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            for (Path entry : tree.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }

    private static List<String> beforeEnd(List<String> words) {
        return words.contains(END) ? words.subList(0, words.indexOf(END)) : words;
    }

    private static Map<String, String> files(List<String> words, List<Path> named) throws IOException {
        List<String> paths = new ArrayList<>();
        words.forEach(word -> paths.addAll(List.of(word.split("[=,]"))));
        named.forEach(path -> paths.add(path.toString()));
        Map<String, String> files = new LinkedHashMap<>();
        for (String path : paths) {
            for (Path file : List.of(
                    Path.of(path), Path.of(path, "result.json"), Path.of(path).resolve(AbSide.JAR))) {
                if (Files.isRegularFile(file)) {
                    files.put(file.toString(), BuildInfo.digest(file));
                }
            }
        }
        return files;
    }

    private void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        List<String> names = names(folder);
        if (names.contains(FILE)) {
            throw UserError.refused(folder + ": a comparison was begun here; --resume it, or name another folder");
        }
        if (!names.isEmpty()) {
            throw UserError.refused(folder + ": is not empty; name another folder");
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("command", command);
        json.put("words", words);
        json.put("files", files);
        Path whole = folder.resolve(FILE + ".new");
        new JsonMapper().writeValue(whole.toFile(), json);
        Files.move(whole, folder.resolve(FILE), StandardCopyOption.ATOMIC_MOVE);
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    private static JsonNode read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return StrictJson.document(in, MOST_BYTES);
        } catch (JsonFormatException malformed) {
            throw BundleException.malformed(file.toString(), malformed);
        }
    }

    /** Reads what was asked of this command in a folder. */
    static TurnQuestion read(String command, Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.isRegularFile(file)) {
            throw UserError.refused(folder + ": nothing was begun here: there is no " + FILE);
        }
        JsonNode json = read(file);
        if (!json.path("command").isTextual()
                || !json.path("words").isArray()
                || !json.path("files").isObject()) {
            throw UserError.refused(file + ": not what 'ridgepoint " + command + "' wrote");
        }
        String other = json.path("command").asText();
        if (!other.equals(command)) {
            throw UserError.refused(
                    folder + ": was begun by '" + other + "': ridgepoint " + other + " --resume " + folder);
        }
        List<String> words = new ArrayList<>();
        json.path("words").forEach(word -> words.add(word.asText()));
        Map<String, String> files = new LinkedHashMap<>();
        json.path("files")
                .properties()
                .forEach(field -> files.put(field.getKey(), field.getValue().asText()));
        return new TurnQuestion(command, words, files);
    }

    /**
     * The command as it was asked, to go on.
     *
     * @param now the attempt that goes on, whose writers it takes
     * @param json whether that one is to answer in JSON
     * @throws UserError where a file is no longer what it was, so that forks would answer another question
     */
    <T> T asked(Class<T> type, CommandSpec now, boolean json) throws IOException {
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = Path.of(file.getKey());
            if (!Files.isRegularFile(path)) {
                throw UserError.refused(
                        path + ": is gone since this was begun; go on from the same folder, or start again");
            }
            String digest = BuildInfo.digest(path);
            if (!digest.equals(file.getValue())) {
                throw UserError.refused(path + ": was SHA-256 "
                        + file.getValue()
                                .substring(0, Math.min(SHORT, file.getValue().length()))
                        + "... when this was begun and is "
                        + digest.substring(0, SHORT) + "... now; start again");
            }
        }
        CommandLine again = Main.commandLine()
                .setOut(now.commandLine().getOut())
                .setErr(now.commandLine().getErr());
        List<String> all = new ArrayList<>(words);
        if (json) {
            all.add(0, JSON);
        }
        try {
            return type.cast(again.parseArgs(all.toArray(String[]::new))
                    .subcommand()
                    .commandSpec()
                    .userObject());
        } catch (ParameterException otherBuild) {
            throw UserError.refused("this build does not know the words of another: " + String.join(" ", words));
        }
    }
}
