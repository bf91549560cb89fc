package dev.ridgepoint.analysis.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrivalsFileTest {
    @TempDir
    private Path folder;

    @Test
    void bothFormsAreTheSameRequests() throws IOException {
        List<Request> wanted = List.of(new Request(0.5e9, 100, 20), new Request(2e9, 7, 1));
        assertEquals(
                wanted,
                read("time,user,prompt_tokens,output_tokens\n0.5,a,100,20\n2,b,7,1\n")
                        .requests());
        assertEquals(
                wanted,
                read("{\"time\": 0.5, \"prompt_tokens\": 100, \"output_tokens\": 20}\n\n"
                                + "{\"time\": 2, \"prompt_tokens\": 7, \"output_tokens\": 1, \"user\": \"b\"}\n")
                        .requests());
    }

    @Test
    void theDigestFollowsTheContent() throws IOException {
        String text = "time,prompt_tokens,output_tokens\n0,1,1\n";
        assertEquals(read(text).sha256(), read(text).sha256());
        assertTrue(!read(text).sha256().equals(read(text + "1,1,1\n").sha256()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "2,5,5|1,5,5# line 3: time: 1.0 s is before the line above; sort the file by time",
                "1,5,0# line 2: output_tokens: expected 1 to 100000000, got 0",
                "-1,5,5# line 2: time: expected seconds of 0 or more, got -1.0",
                "1,5.5,5# line 2: prompt_tokens: expected a whole number, got 5.5",
                "x,5,5# line 2: time: expected a number, got 'x'",
                "NaN,5,5# line 2: time: expected seconds of 0 or more, got NaN",
                "1,5# line 2: expected 3 cells, got 2",
                "{}# line 2: time: missing, or no number",
                "''# : holds no request"
            })
    void oneLineSaysWhatIsWrong(String rows, String complaint) {
        String text = "time,prompt_tokens,output_tokens\n" + rows.replace('|', '\n') + "\n";
        String message = assertThrows(IOException.class, () -> read(text)).getMessage();
        assertTrue(message.endsWith(complaint.strip()), message);
        assertEquals(1, message.lines().count());
    }

    private Arrivals read(String text) throws IOException {
        return ArrivalsFile.read(Files.writeString(folder.resolve("arrivals"), text));
    }
}
