package dev.ridgepoint.analysis.economics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceListTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 22);
    private static final String PRICE =
            "{\"device\": \"Test GPU\", \"amount\": 2.5, \"currency\": \"EUR\", \"per\": \"hour\","
                    + " \"asOf\": \"2026-11-20\", \"source\": \"a price list\"}";

    @TempDir
    private Path folder;

    @Test
    void aPriceIsFoundByTheDevicesExactName() throws IOException {
        PriceList prices = read("{\"prices\": [" + PRICE + "]}");
        assertEquals(2.5, prices.of("Test GPU").amount());
        String refusal =
                assertThrows(IOException.class, () -> prices.of("Test")).getMessage();
        assertTrue(refusal.endsWith("/prices: no price for 'Test'; there is one for 'Test GPU'"), refusal);
    }

    @Test
    void theDigestIsOfWhatIsSaidAndNotOfHow() throws IOException {
        String digest = read("{\"prices\": [" + PRICE + "]}").sha256();
        assertEquals(
                digest,
                read("{ \"prices\":\n[" + PRICE.replace("2.5", "2.50") + "] }").sha256());
        assertNotEquals(
                digest,
                read("{\"prices\": [" + PRICE.replace("2.5", "2.6") + "]}").sha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"amount\": 2.5 | \"amount\": -2.5 | /prices/0/amount: expected money above 0, got -2.5",
                "\"amount\": 2.5 | \"amount\": 0 | /prices/0/amount: expected money above 0, got 0.0",
                "\"asOf\": \"2026-11-20\", | '' | /prices/0/asOf: missing; a price has device, amount, currency, per, asOf, source",
                "2026-11-20 | yesterday | /prices/0/asOf: expected a day such as 2026-11-22, got yesterday",
                "2026-11-20 | 2026-11-23 | /prices/0/asOf: 2026-11-23 is later than today, 2026-11-22",
                "EUR | euro | /prices/0/currency: expected three capital letters such as EUR, got euro",
                "hour | month | /prices/0/per: expected hour, got month",
                "\"a price list\" | \" \" | /prices/0/source: missing; expected where it can be read again",
                "\"per\" | \"tdpWatts\": 700, \"per\" | /prices/0/tdpWatts: refused: nothing is derived from a TDP or a peak; energy comes from the device's counter during the run",
                "\"per\" | \"peakTflops\": 989, \"per\" | /prices/0/peakTflops: refused: nothing is derived from a TDP or a peak; energy comes from the device's counter during the run",
                "\"per\" | \"region\": \"x\", \"per\" | /prices/0/region: unknown member; a price has device, amount, currency, per, asOf, source"
            })
    void oneLineSaysWhatIsWrong(String what, String instead, String complaint) {
        String text = "{\"prices\": [" + PRICE.replace(what, instead) + "]}";
        String message = assertThrows(IOException.class, () -> read(text)).getMessage();
        assertTrue(message.endsWith(complaint), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void anEmptyListAndADeviceThatIsThereTwiceAreRefused() {
        assertThrows(IOException.class, () -> read("{\"prices\": []}"));
        assertThrows(IOException.class, () -> read("[]"));
        String twice = assertThrows(IOException.class, () -> read("{\"prices\": [" + PRICE + "," + PRICE + "]}"))
                .getMessage();
        assertTrue(twice.endsWith("/prices/1/device: 'Test GPU' is there twice"), twice);
    }

    private PriceList read(String text) throws IOException {
        return PriceList.read(Files.writeString(folder.resolve("prices.json"), text), TODAY);
    }
}
