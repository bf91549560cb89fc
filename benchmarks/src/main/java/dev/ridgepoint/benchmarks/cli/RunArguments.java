package dev.ridgepoint.benchmarks.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The part of a command line that says what is measured and how, to be given to another {@code run}: not where its bundle
 * goes, how long it may take and until when forks are added.
 *
 * @param options names and values, in order
 * @param jmh options handed through to JMH
 */
record RunArguments(List<Map.Entry<String, String>> options, List<String> jmh) {
    private static final String PRECISION = "--precision";
    private static final String END = "--";
    private static final Set<String> CASES = Set.of(
            "--suite",
            "--shapes",
            "--sweep",
            "--op",
            "--model",
            "--phase",
            PRECISION,
            "--kernel",
            "--cache",
            "--distribution",
            "--seed",
            "--domain",
            "--shard");
    private static final Set<String> FILES = Set.of("--adopted", "--tuning");
    private static final Set<String> MACHINE =
            Set.of("--backend", "--driver", "--emulated-arch", "--device", "--adopted", "--tuning", "--threads");

    /**
     * What a command line that was parsed asks for.
     *
     * @param typed its words
     * @param more options that count here too
     */
    static RunArguments of(ParseResult parsed, List<String> typed, String... more) {
        List<Map.Entry<String, String>> options = new ArrayList<>();
        for (OptionSpec option : parsed.matchedOptions()) {
            String name = option.longestName();
            if (CASES.contains(name) || MACHINE.contains(name) || List.of(more).contains(name)) {
                option.originalStringValues().stream()
                        .filter(value -> !name.equals(PRECISION) || !value.endsWith("%"))
                        .forEach(value -> options.add(Map.entry(name, value)));
            }
        }
        int end = typed.indexOf(END);
        return new RunArguments(options, end < 0 ? List.of() : List.copyOf(typed.subList(end + 1, typed.size())));
    }

    /** The value of an option, where it is given. */
    Optional<String> value(String name) {
        return options.stream()
                .filter(option -> option.getKey().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** An option whose file, which was named from another folder perhaps, is not found from this one; own shapes need none. */
    Optional<String> lostFile() {
        return options.stream()
                .filter(option -> FILES.contains(option.getKey()) && !Files.exists(Path.of(option.getValue())))
                .map(option -> option.getKey() + " " + option.getValue())
                .findFirst();
    }

    /** The same without some options. */
    RunArguments without(Set<String> names) {
        return new RunArguments(
                options.stream()
                        .filter(option -> !names.contains(option.getKey()))
                        .toList(),
                jmh);
    }

    /** The same without some options, and with one more. */
    RunArguments changed(Set<String> without, String name, String value) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(without(without).options);
        changed.add(Map.entry(name, value));
        return new RunArguments(changed, jmh);
    }

    /** The words of a side: what it sets itself comes in the place of what is common. */
    List<String> of(AbSide side, List<String> first) {
        Map<String, String> own = side.runOptions();
        List<String> words = new ArrayList<>(first);
        options.stream().filter(option -> !own.containsKey(option.getKey())).forEach(option -> add(words, option));
        own.entrySet().forEach(option -> add(words, option));
        List<String> handed = new ArrayList<>(jmh);
        if (side.jvmArgs() != null) {
            handed.addAll(List.of("-jvmArgsAppend", side.jvmArgs()));
        }
        if (!handed.isEmpty()) {
            words.add(END);
            words.addAll(handed);
        }
        return words;
    }

    private static void add(List<String> words, Map.Entry<String, String> option) {
        words.add(option.getKey());
        words.add(option.getValue());
    }
}
