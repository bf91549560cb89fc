package dev.ridgepoint.kernels.workload;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ridgepoint.kernels.operand.OperandSpec;
import dev.ridgepoint.kernels.operand.OperandSpecs;
import dev.ridgepoint.kernels.shape.Problem;
import dev.ridgepoint.kernels.workload.Suite.Limits;
import dev.ridgepoint.kernels.workload.Suite.Section;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The suites that come with Ridgepoint: {@code suites.json}, resolved against the catalogue. A section may say which {@code kernels}
 * are asked, by a glob; without, all are.
 */
public final class Suites {
    /** Suites of every kind of machine, from short to long, each with all of the shorter. */
    public static final List<String> NAMES = List.of("smoke", "quick", "core", "full");

    /** Kinds of machines that have suites. */
    public static final List<String> BACKENDS = List.of("cpu", "cuda");

    private static final long MIB = 1L << 20;

    private final Catalogue catalogue;
    private final JsonNode json;

    private Suites(Catalogue catalogue, JsonNode json) {
        this.catalogue = catalogue;
        this.json = json;
    }

    /** The suites over a catalogue. */
    public static Suites over(Catalogue catalogue) {
        try (InputStream in = Suites.class.getResourceAsStream("suites.json")) {
            return new Suites(catalogue, new ObjectMapper().readTree(in));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The workloads of a suite for the CPU. */
    public static List<Workload> of(String name) {
        return of(name, "cpu");
    }

    /** The workloads of a suite for {@code cpu} or {@code cuda}. */
    public static List<Workload> of(String name, String backend) {
        return over(Catalogue.load()).suite(name, backend).workloads();
    }

    /**
     * A suite.
     *
     * @throws IllegalArgumentException naming the suites or backends there are
     */
    public Suite suite(String name, String backend) {
        if (!BACKENDS.contains(backend)) {
            throw NearMatches.unknown("backend", backend, BACKENDS);
        }
        JsonNode suite = json.path(backend).path(name);
        if (suite.isMissingNode()) {
            throw unknown(name, backend);
        }
        Limits limits = new Limits(
                suite.at("/limits/operand_mib").asLong(),
                suite.at("/limits/gflop").asDouble());
        List<Section> sections = new ArrayList<>();
        Set<Problem> seen = new HashSet<>();
        for (JsonNode included : suite.path("includes")) {
            for (Section section : suite(included.asText(), backend).sections()) {
                sections.add(section);
                section.workloads().forEach(workload -> seen.add(workload.problem()));
            }
        }
        Map<String, Integer> excluded = new TreeMap<>();
        for (JsonNode section : suite.path("sections")) {
            sections.add(section(section, limits, seen, excluded));
        }
        return new Suite(name, backend, sections, limits, excluded);
    }

    private IllegalArgumentException unknown(String name, String backend) {
        List<String> elsewhere =
                BACKENDS.stream().filter(other -> json.path(other).has(name)).toList();
        return elsewhere.isEmpty()
                ? NearMatches.unknown("suite", name, names(BACKENDS))
                : new IllegalArgumentException("suite: '" + name + "' is for " + String.join(" or ", elsewhere)
                        + " devices that keep time; here there are " + String.join(", ", names(List.of(backend))));
    }

    private List<String> names(List<String> backends) {
        Set<String> names = new LinkedHashSet<>();
        backends.forEach(backend -> json.path(backend).fieldNames().forEachRemaining(names::add));
        return List.copyOf(names);
    }

    private Section section(JsonNode section, Limits limits, Set<Problem> seen, Map<String, Integer> excluded) {
        List<Workload> workloads = new ArrayList<>();
        Glob kernels = Glob.of(section.path("kernels").asText("*"));
        for (JsonNode id : section.path("ids")) {
            Workload workload = catalogue.workload(id.asText());
            // What is named is in; if it is too large the list is wrong, and a test says so.
            seen.add(workload.problem());
            workloads.add(workload.of(kernels));
        }
        for (JsonNode query : section.path("queries")) {
            Iterator<Workload> found =
                    catalogue.stream(Query.parse(query.asText())).iterator();
            while (found.hasNext()) {
                Workload workload = found.next();
                String reason = seen.contains(workload.problem())
                        ? "the same problem under another name"
                        : excess(workload.problem(), limits);
                if (reason == null) {
                    seen.add(workload.problem());
                    workloads.add(workload.of(kernels));
                } else {
                    excluded.merge(reason, 1, Integer::sum);
                }
            }
        }
        return new Section(section.path("why").asText(), workloads);
    }

    /** Why a problem is too large, or null. */
    private static String excess(Problem problem, Limits limits) {
        if (operandBytes(problem) > limits.operandMib() * MIB) {
            return "operands above " + limits.operandMib() + " MiB";
        }
        return problem.work().flops() > limits.gflop() * 1e9
                ? "more than " + Math.round(limits.gflop()) + " GFLOP"
                : null;
    }

    /** Bytes of all buffers a problem needs. */
    public static long operandBytes(Problem problem) {
        return OperandSpecs.of(problem).stream().mapToLong(OperandSpec::bytes).reduce(0, Math::addExact);
    }
}
