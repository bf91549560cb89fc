package dev.ridgepoint.analysis.soak;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;

/** What a soak showed, for programs: units in the names, null where there is no figure. */
public final class SoakJson {
    private static final double SECONDS = 3600;

    private SoakJson() {}

    /** Writes the study as an object. */
    public static void write(JsonGenerator json, SoakStudy study) throws IOException {
        json.writeStartObject();
        json.writeNumberField("plannedSeconds", study.soak().length().toSeconds());
        seconds(json, "seconds", study.hours());
        seconds(json, "firstUntilSeconds", study.firstHours());
        seconds(json, "steadyFromSeconds", study.steadyFromHours());
        json.writeNumberField("busyShare", study.busy());
        json.writeNumberField("interruptions", study.interruptions());
        json.writeArrayFieldStart("cases");
        for (SoakStudy.CaseSoak one : study.cases()) {
            caseOf(json, one);
        }
        json.writeEndArray();
        machine(json, study.machine());
        json.writeEndObject();
    }

    private static void caseOf(JsonGenerator json, SoakStudy.CaseSoak one) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", one.id());
        json.writeNumberField("forks", one.forks());
        part(json, "first", one.first());
        part(json, "steady", one.steady());
        json.writeFieldName("steadyOverFirst");
        if (one.ratio() == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("ratio", one.ratio().value());
            json.writeNumberField("low", one.ratio().low());
            json.writeNumberField("high", one.ratio().high());
            json.writeEndObject();
        }
        drift(json, "drift", one.drift());
        drift(json, "driftWhileSteady", one.late());
        json.writeEndObject();
    }

    private static void part(JsonGenerator json, String name, SoakStudy.Part part) throws IOException {
        json.writeFieldName(name);
        if (part == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("ns", part.ns());
            json.writeNumberField("forks", part.forks());
            json.writeEndObject();
        }
    }

    private static void drift(JsonGenerator json, String name, Drift drift) throws IOException {
        json.writeFieldName(name);
        if (drift == null) {
            json.writeNull();
        } else {
            json.writeStartObject();
            json.writeNumberField("logPerHour", drift.perHour());
            json.writeNumberField("low", drift.low());
            json.writeNumberField("high", drift.high());
            json.writeNumberField("detects", drift.detects());
            json.writeBooleanField("seen", drift.seen());
            json.writeEndObject();
        }
    }

    /** Writes what became of the machine as members of the object that is open. */
    public static void machine(JsonGenerator json, Machine machine) throws IOException {
        json.writeObjectFieldStart("throttling");
        json.writeNumberField("watched", machine.watched());
        json.writeStringField("unit", machine.unit());
        json.writeNumberField("held", machine.held());
        if (machine.onset() == null) {
            json.writeNullField("onset");
        } else {
            json.writeObjectFieldStart("onset");
            seconds(json, "seconds", machine.onset().hours());
            json.writeStringField("case", machine.onset().caseId());
            json.writeNumberField("fork", machine.onset().fork());
            json.writeStringField("why", machine.onset().why());
            json.writeEndObject();
        }
        seconds(json, "powerLimitFromSeconds", machine.powerFromHours());
        number(json, "firstSmClockMhz", machine.firstMhz());
        number(json, "lastSmClockMhz", machine.lastMhz());
        json.writeEndObject();
        json.writeObjectFieldStart("heat");
        Heat heat = machine.heat();
        json.writeNumberField("temperatures", machine.temperatures());
        number(json, "firstC", heat == null ? null : heat.firstC());
        number(json, "finalC", heat == null ? null : heat.finalC());
        seconds(json, "steadyFromSeconds", heat == null ? null : heat.steadyFromHours());
        json.writeEndObject();
        others(json, machine.others());
    }

    private static void others(JsonGenerator json, Machine.Others others) throws IOException {
        if (others == null) {
            json.writeNullField("others");
            return;
        }
        json.writeObjectFieldStart("others");
        number(json, "firstCores", others.firstCores());
        number(json, "lastCores", others.lastCores());
        number(json, "mostCores", others.mostCores());
        seconds(json, "mostAtSeconds", others.mostHours());
        json.writeEndObject();
    }

    private static void seconds(JsonGenerator json, String name, Double hours) throws IOException {
        number(json, name, hours == null ? null : SECONDS * hours);
    }

    private static void number(JsonGenerator json, String name, Double value) throws IOException {
        if (value == null || !Double.isFinite(value)) {
            json.writeNullField(name);
        } else {
            json.writeNumberField(name, value);
        }
    }
}
