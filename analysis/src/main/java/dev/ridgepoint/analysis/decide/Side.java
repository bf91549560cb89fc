package dev.ridgepoint.analysis.decide;

import dev.ridgepoint.analysis.economics.Energy;
import dev.ridgepoint.analysis.economics.EnergyOfRun;
import dev.ridgepoint.analysis.economics.Price;
import dev.ridgepoint.analysis.economics.PriceList;
import dev.ridgepoint.analysis.report.Caveat;
import dev.ridgepoint.analysis.roofline.Roofline;
import dev.ridgepoint.analysis.tradeoff.TradeOff;
import dev.ridgepoint.results.CaseResult;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Outcome;
import dev.ridgepoint.results.Question;
import dev.ridgepoint.results.bundle.BundleException;
import dev.ridgepoint.results.bundle.BundleReader;
import dev.ridgepoint.results.validate.BundleValidator;
import dev.ridgepoint.results.validate.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A bundle read for a decision: figures that may stand, and the reasons of all others. */
final class Side {
    private static final String DRIVER_VERSION = "driver version";
    private static final String CUDA_VERSION = "CUDA of the driver";

    private final String label;
    private final BundleReader reader;
    private final Price price;
    private final List<CaseResult> measured = new ArrayList<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private final Map<String, Energy> energies = new HashMap<>();
    private final String energy;

    private Side(String label, BundleReader reader, Price price) throws IOException {
        this.label = label;
        this.reader = reader;
        this.price = price;
        reader.cases(this::sort);
        this.energy = meter();
    }

    /** @throws BundleException in one line, where the bundle is not valid or its device has no price in the list given */
    static Side read(String label, Path bundle, PriceList prices) throws IOException {
        BundleReader reader = BundleReader.open(bundle);
        for (Finding finding : BundleValidator.validate(bundle)) {
            if (finding.severity() == Finding.Severity.ERROR) {
                throw new BundleException(bundle + " is not valid: " + finding.file() + finding.pointer() + ": "
                        + finding.message() + "; see 'ridgepoint validate'");
            }
        }
        return new Side(
                label,
                reader,
                prices == null ? null : prices.of(reader.context().device().name()));
    }

    private void sort(CaseResult result) {
        String reason = reason(result);
        if (reason == null) {
            measured.add(result);
        } else {
            leftOut.add(new LeftOut(label, result.id(), reason));
        }
    }

    /** Why a case does not count; null where it does. */
    private String reason(CaseResult result) {
        Outcome outcome = result.outcome();
        if (outcome instanceof Outcome.Simulated) {
            return "simulated: the emulated driver counts and has no time";
        }
        if (outcome instanceof Outcome.Incorrect incorrect) {
            return "incorrect: " + incorrect.reason();
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return "skipped: " + skipped.reason();
        }
        if (outcome instanceof Outcome.Failed failed) {
            return "failed: " + failed.reason();
        }
        Set<String> objections = new LinkedHashSet<>(result.validity().reasons());
        if (result.validity().throttled().equals("yes")) {
            objections.add("clocks were held back");
        }
        objections.addAll(
                Roofline.of(reader.context(), result.question().types().compute())
                        .read(
                                result.work(),
                                result.timing().steadyNs(),
                                result.question().cacheState())
                        .implausible());
        if (TradeOff.operands(result.question()) == null) {
            objections.add("this build does not know the precision "
                    + result.question().precision());
        }
        return objections.isEmpty() ? null : String.join("; ", objections);
    }

    /** Reads the energy of all cases that count, and says how that went. */
    private String meter() throws IOException {
        EnergyOfRun run = EnergyOfRun.of(reader);
        if (!run.hasTelemetry()) {
            return reader.context().device().kind().equals("cpu")
                    ? "absent: no energy counter is read on a CPU"
                    : "absent: the bundle holds no telemetry";
        }
        for (CaseResult result : measured) {
            Energy one = run.of(result.id());
            if (one != null) {
                energies.put(result.id(), one);
            }
        }
        return energies.size() + " of " + measured.size() + " cases metered"
                + (energies.size() < measured.size()
                        ? "; the others have an iteration without a reading, or windows under "
                                + Math.round(Energy.LEAST_SECONDS) + " s"
                        : "");
    }

    Alternative alternative() throws IOException {
        Context.Device device = reader.context().device();
        return new Alternative(
                label,
                reader.path().toRealPath().getFileName().toString(),
                reader.run().runId(),
                reader.sha256(),
                reader.run().started(),
                device.name(),
                device.kind(),
                Caveat.of(device),
                driver(),
                reader.run().protocol().id(),
                measured.size(),
                leftOut.size(),
                price,
                energy);
    }

    private String driver() {
        Map<String, String> backend = reader.context().software().backend();
        return backend.getOrDefault(DRIVER_VERSION, backend.get(CUDA_VERSION));
    }

    /** What of the machine the figures rest on: the driver of a GPU; on a CPU, processor and JDK take its place. */
    List<Trigger> triggers() {
        List<Trigger> triggers = new ArrayList<>();
        Map<String, String> backend = reader.context().software().backend();
        if (reader.context().device().kind().equals("cpu")) {
            triggers.add(
                    Trigger.context(label, "/host/cpu", reader.context().host().cpu()));
            triggers.add(Trigger.context(
                    label, "/software/jdk", reader.context().software().jdk()));
            return triggers;
        }
        String known = backend.containsKey(DRIVER_VERSION) ? DRIVER_VERSION : CUDA_VERSION;
        if (backend.containsKey(known)) {
            triggers.add(Trigger.context(label, "/software/backend/" + known, backend.get(known)));
        }
        return triggers;
    }

    String label() {
        return label;
    }

    Price price() {
        return price;
    }

    List<CaseResult> measured() {
        return measured;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    /** What the counter said of a case, or null. */
    Energy energy(String caseId) {
        return energies.get(caseId);
    }

    /** The circumstances that must be the same where times are added or held side by side. */
    static String condition(Question question) {
        String inputs = question.inputs() == null
                ? "inputs unknown"
                : question.inputs().distribution() + " seed "
                        + question.inputs().seed();
        return question.domain() + ", " + question.cacheState() + ", " + inputs;
    }
}
