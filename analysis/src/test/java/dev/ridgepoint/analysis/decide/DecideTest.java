package dev.ridgepoint.analysis.decide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.analysis.report.TestBundles;
import dev.ridgepoint.analysis.serve.Arrivals;
import dev.ridgepoint.kernels.workload.Catalogue;
import dev.ridgepoint.kernels.workload.Pass;
import dev.ridgepoint.kernels.workload.Workload;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The published run of a CPU, decided on. */
class DecideTest {
    private static final Path PUBLISHED = Path.of("../results/published/amd-epyc-cpu-quick");
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);

    @TempDir
    private Path folder;

    private PriceList prices(double amount, String asOf) throws IOException {
        String text = "{\"prices\": [{\"device\": \"AMD EPYC\", \"amount\": " + amount + ", \"currency\": \"EUR\","
                + " \"per\": \"hour\", \"asOf\": \"" + asOf + "\", \"source\": \"a price list\"}]}";
        return PriceList.read(Files.writeString(folder.resolve("prices.json"), text), TODAY);
    }

    private Mix mix(long launches) throws IOException {
        String text =
                "{\"covered\": [{\"op\": \"gemm\", \"precision\": \"bf16\", \"share\": 0.25, \"launches\": " + launches
                        + ", \"shape\": {\"M\": 128, \"N\": 2304, \"K\": 768}}, {\"op\": \"gemm\", \"precision\": \"bf16\","
                        + " \"share\": 0.5, \"launches\": 1, \"shape\": {\"M\": 3, \"N\": 5, \"K\": 7}}]}";
        return Mix.read(Files.writeString(folder.resolve("mix.json"), text));
    }

    private Decision decision() throws IOException {
        return Decide.of(
                List.of(PUBLISHED),
                new DecideOptions(prices(0.5, "2026-11-01"), Arrivals.poisson(1, 128, 16, 100, 1), mix(10), 30, NOW));
    }

    @Test
    void precisionsOfOneShapeStandSideBySideOnTheSameInputs() throws IOException {
        Decision decision = decision();
        SharedQuestion weight = decision.questions().stream()
                .filter(question -> question.name().startsWith("gemm_m128_n2304_k768,"))
                .findFirst()
                .orElseThrow();
        assertEquals(
                Set.of("bf16", "fp32", "int8"),
                weight.answers().stream().map(Answer::precision).collect(Collectors.toSet()));
        assertEquals(3, weight.answers().size());
        for (Answer answer : weight.answers()) {
            assertEquals(2.0 * 128 * 2304 * 768 / answer.ns(), answer.gflops(), 1e-9);
            assertEquals(
                    2.0 * 128 * 2304 * 768 / 1e12 / (answer.ns() / 3600e9) / 0.5,
                    answer.workPerMoney().value(),
                    1e-6);
            assertEquals(null, answer.energy());
        }
        long answers = decision.questions().stream()
                .mapToLong(one -> one.answers().size())
                .sum();
        assertEquals(decision.alternatives().get(0).measured(), answers + decision.unshared());
    }

    @Test
    void theMixWeighsWhatEveryAlternativeAnswered() throws IOException {
        Decision decision = decision();
        MixOption only = decision.mix().get(0);
        double ns = decision.questions().stream()
                .flatMap(question -> question.answers().stream())
                .filter(answer -> answer.caseId().startsWith("bert-base-uncased/qkv/encode_b1_s128_bf16"))
                .findFirst()
                .orElseThrow()
                .ns();
        assertEquals(1, only.problems());
        assertEquals(0.25, only.share());
        assertEquals(10 * ns, only.ns(), 1e-6);
        assertEquals(null, only.joules());
    }

    /** One layer of several says nothing of money or latency of a model. */
    @Test
    void holesInAStepWithholdMoneyAndLatency() throws IOException {
        Decision decision = decision();
        assertFalse(decision.steps().isEmpty());
        for (StepOption step : decision.steps()) {
            assertFalse(step.step().complete());
            assertEquals(null, step.tokensPerMoney());
        }
        Catalogue catalogue = Catalogue.load();
        Set<String> classes = new TreeSet<>();
        for (ServedOption served : decision.served()) {
            String cls = catalogue.model(served.model()).card().cls();
            classes.add(cls);
            String why = cls.equals("encoder") ? "its latency is that of a batch" : "has all of its kernels";
            assertTrue(served.withheld().contains(why), served.withheld());
            assertTrue(served.latencies().isEmpty());
        }
        assertEquals(Set.of("decoder", "encoder"), classes);
    }

    /** A made-up run that has every role of gpt2: eight sequences at a time, caches of up to 1024. */
    private Path whole() throws IOException {
        Catalogue catalogue = Catalogue.load();
        Map<String, Workload> byProblem = new LinkedHashMap<>();
        for (Pass pass : List.of(
                Pass.decode(1, 512),
                Pass.decode(8, 512),
                Pass.decode(8, 1024),
                Pass.prefill(1, 128),
                Pass.prefill(1, 512))) {
            for (String role : List.of("qkv", "o", "self", "up", "down", "head")) {
                Workload workload = catalogue.workload("gpt2/" + role + "/" + pass.label() + "_fp32");
                byProblem.putIfAbsent(workload.problem().id(), workload);
            }
        }
        return TestBundles.of(folder.resolve("whole"), List.copyOf(byProblem.values()));
    }

    @Test
    void wholeStepsArePricedAndServed() throws IOException {
        Path bundle = whole();
        String device = BundleReader.open(bundle).context().device().name();
        String text = "{\"prices\": [{\"device\": \"" + device + "\", \"amount\": 2, \"currency\": \"USD\","
                + " \"per\": \"hour\", \"asOf\": \"2026-11-01\", \"source\": \"a price list\"}]}";
        PriceList prices = PriceList.read(Files.writeString(folder.resolve("own.json"), text), TODAY);
        StepOption prompt = Decide.of(List.of(bundle), new DecideOptions(prices, null, null, 30, NOW)).steps().stream()
                .filter(step -> step.step().pass().equals("prefill_b1_s128"))
                .findFirst()
                .orElseThrow();
        assertTrue(prompt.step().complete());
        assertEquals(prompt.tokensPerSecond() * 1800, prompt.tokensPerMoney().value(), 1e-6);

        double rate = 0.3e9 / prompt.ns();
        Decision light = Decide.of(
                List.of(bundle), new DecideOptions(prices, Arrivals.poisson(rate, 128, 8, 4000, 1), null, 30, NOW));
        ServedOption served = light.served().get(0);
        assertEquals(null, served.withheld());
        double median = served.latencies().get(0).percentilesNs().get("p50");
        assertTrue(median >= prompt.ns(), "nobody gets a token before a prompt has passed");
        assertEquals(served.tokensPerSecond() * 1800, served.tokensPerMoney().value(), 1e-6);
        String shown = DecisionText.render(light);
        assertTrue(shown.contains("  TTFT") && shown.contains("All simulated from measured kernels."), shown);
        assertTrue(valid(read(DecisionFile.text(light))), "the record breaks its schema");

        Decision heavy = Decide.of(
                List.of(bundle),
                new DecideOptions(prices, Arrivals.poisson(10 * rate, 128, 8, 4000, 1), null, 30, NOW));
        assertTrue(
                heavy.served().get(0).withheld().startsWith("overloaded"),
                heavy.served().toString());
        assertTrue(heavy.served().get(0).latencies().isEmpty());
    }

    @Test
    void theTextSaysWhatIsAbsentAndHowFiguresFollow() throws IOException {
        String text = DecisionText.render(decision());
        assertTrue(text.contains("AMD EPYC (CPU, not GPU)"), text);
        assertTrue(text.contains("A energy: absent: no energy counter is read on a CPU"), text);
        assertTrue(
                text.contains("TFLOP/EUR = TFLOP of least work a call * (3600 s / steady time) / price of an hour"),
                text);
        assertTrue(text.contains("kernel upper bound"), text);
        assertTrue(text.contains("as of 2026-11-01 (a price list)"), text);
        assertFalse(text.contains("J/call"), text);
        String bare = DecisionText.render(Decide.of(List.of(PUBLISHED), new DecideOptions(null, null, null, 30, NOW)));
        assertTrue(bare.contains("A cost: absent: no --prices given"), bare);
        assertTrue(bare.contains("Latency under load: absent"), bare);
    }

    @Test
    void theRecordKeepsToItsSchemaAndReadsBack() throws IOException {
        Decision decision = decision();
        ObjectNode record = (ObjectNode) read(DecisionFile.text(decision));
        assertTrue(valid(record), "the record breaks its schema");
        ObjectNode plain = record.deepCopy();
        plain.remove("sha256");
        assertEquals(
                decision.triggers(), Records.fromJson(plain, Decision.class, "").triggers());
        assertTrue(record.at("/questions/0/answers/0").isObject());
        ObjectNode scored = record.deepCopy();
        ((ObjectNode) scored.at("/questions/0/answers/0")).put("score", 1);
        assertFalse(valid(scored), "a score was let in");
        ObjectNode bare = record.deepCopy();
        ((ObjectNode) bare.at("/questions/0/answers/0/workPerMoney")).remove("formula");
        assertFalse(valid(bare), "a figure of money without its formula was let in");
    }

    private static boolean valid(JsonNode record) throws IOException {
        Validator validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .createValidator();
        try (InputStream in = Decision.class.getResourceAsStream("decision.schema.json")) {
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return validator
                    .validate(validator.registerSchema(schema), (Object) record)
                    .isValid();
        }
    }

    private static JsonNode read(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return StrictJson.document(bytes, 0, bytes.length);
    }

    @Test
    void aRecordHoldsUntilSomethingItRestsOnChanges() throws IOException {
        Decision decision = decision();
        Path record = folder.resolve("record.json");
        DecisionFile.write(decision, record);
        Map<String, String> machine =
                Map.of("/host/cpu", "AMD EPYC", "/software/jdk", "17.0.15+6-Debian-1deb12u1 (Debian)");
        StaleRecord same =
                StaleRecord.of(record, new StaleRecord.Now(machine, prices(0.5, "2026-11-01"), mix(10), TODAY));
        assertEquals(List.of(), same.fired());
        assertEquals(List.of(), same.unseen());
        assertEquals(decision.triggers().size(), same.holding());

        Map<String, String> other = Map.of("/host/cpu", "AMD EPYC", "/software/jdk", "21");
        StaleRecord changed = StaleRecord.of(
                record, new StaleRecord.Now(other, prices(0.6, "2026-11-20"), mix(11), LocalDate.of(2026, 12, 2)));
        assertEquals(
                List.of("/software/jdk of A", "price of AMD EPYC", "age of the price of AMD EPYC", "workload mix"),
                changed.fired().stream().map(StaleRecord.Fired::trigger).toList());
        assertEquals(
                "17.0.15+6-Debian-1deb12u1 (Debian)", changed.fired().get(0).then());
        assertEquals("21", changed.fired().get(0).now());
        assertTrue(changed.fired().get(1).now().startsWith("EUR 0.6 an hour as of 2026-11-20"));

        StaleRecord blind = StaleRecord.of(record, new StaleRecord.Now(Map.of(), null, null, TODAY));
        assertTrue(blind.holds());
        assertEquals(4, blind.unseen().size(), blind.unseen().toString());
    }

    /** A longer life, a cheaper price or a faster time written into a record does not go unseen; another layout is no change. */
    @Test
    void aRecordThatWasChangedIsRefused() throws IOException {
        StaleRecord.Now now = new StaleRecord.Now(Map.of(), null, null, TODAY);
        ObjectNode record = (ObjectNode) read(DecisionFile.text(decision()));
        Path file = folder.resolve("record.json");
        Files.writeString(file, record.toString());
        assertTrue(StaleRecord.of(file, now).holds(), "white space is no content");
        List<Consumer<ObjectNode>> changes = List.of(
                one -> one.put("made", "2026-12-01T00:00:00Z"),
                one -> ((ArrayNode) one.path("triggers")).remove(0),
                one -> ((ArrayNode) one.path("limits")).removeAll(),
                one -> ((ObjectNode) one.at("/questions/0/answers/0")).put("steadyNs", 1),
                one -> one.put("unshared", 99),
                one -> one.put("more", "x"),
                one -> one.putArray("more"),
                one -> one.remove("sha256"));
        for (Consumer<ObjectNode> change : changes) {
            ObjectNode changed = record.deepCopy();
            change.accept(changed);
            Files.writeString(file, changed.toString());
            String message = assertThrows(IOException.class, () -> StaleRecord.of(file, now))
                    .getMessage();
            assertTrue(message.contains("/sha256: the record is not as it was written"), message);
        }
    }

    @Test
    void thePriceExpiresOnTheDayAfterItsLast() throws IOException {
        Path record = folder.resolve("record.json");
        DecisionFile.write(decision(), record);
        LocalDate last = LocalDate.of(2026, 11, 1).plusDays(30);
        assertTrue(StaleRecord.of(record, new StaleRecord.Now(Map.of(), null, null, last))
                .holds());
        assertFalse(StaleRecord.of(record, new StaleRecord.Now(Map.of(), null, null, last.plusDays(1)))
                .holds());
    }

    @Test
    void whatIsNoRecordIsRefusedInOneLine() throws IOException {
        StaleRecord.Now now = new StaleRecord.Now(Map.of(), null, null, TODAY);
        for (String text : List.of("{}", "[]", "", "{\"format\": \"ridgepoint-decision\"", "{\"format\": \"other\"}")) {
            Path file = Files.writeString(folder.resolve("no.json"), text);
            String message = assertThrows(IOException.class, () -> StaleRecord.of(file, now))
                    .getMessage();
            assertEquals(1, message.lines().count(), message);
        }
    }

    @Test
    void theSameRunTwiceIsNoAlternative() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Decide.of(List.of(PUBLISHED, PUBLISHED), new DecideOptions(null, null, null, 30, NOW)));
    }

    @Test
    void anEmptyMixIsRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("mix.json"), "{\"covered\": []}");
        String message = assertThrows(IOException.class, () -> Mix.read(file)).getMessage();
        assertTrue(message.endsWith("/covered: the mix is empty: no problem of the trace can be asked here"), message);
    }
}
