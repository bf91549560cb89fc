package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ridgepoint.results.Context;
import dev.ridgepoint.results.Context.DoctorFinding;
import dev.ridgepoint.results.Records;
import dev.ridgepoint.results.bundle.BundleReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BadFindingsTest {
    @TempDir
    private Path folder;

    @Test
    void badOnesAreSaidAndOthersAreNot() throws Exception {
        Path bundle = new MadeRun().with(MadeCase.of(1, 5, 1000)).write(folder.resolve("run"));
        ObjectNode json = Records.toJson(BundleReader.open(bundle).context());
        for (DoctorFinding one : List.of(
                new DoctorFinding("ok", "cores: 2 usable", null),
                new DoctorFinding("warning", "load average: 15.81", "wait"),
                new DoctorFinding("bad", "other processes: 2.6 cores in use", "stop them"),
                new DoctorFinding("bad", "timer: coarse", null))) {
            json.withArray("doctor").add(Records.toJson(one));
        }
        StringWriter said = new StringWriter();
        BadFindings.print(Records.fromJson(json, Context.class, ""), new PrintWriter(said));
        assertEquals(
                List.of("Doctor: other processes: 2.6 cores in use; stop them", "Doctor: timer: coarse"),
                said.toString().lines().toList());
    }
}
