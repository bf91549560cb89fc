package dev.ridgepoint.benchmarks.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ridgepoint.device.digest.OpenSslSha256;
import dev.ridgepoint.results.json.LargeDigest;
import dev.ridgepoint.results.json.Sha256;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

/** Commands hash large files by OpenSSL where this machine has it. */
class LargeDigestTest {
    @Test
    void commandsNameTheFasterDigest() {
        assumeTrue(OpenSslSha256.create().isPresent(), "built without g++ and cmake, or no libcrypto here");
        MessageDigest before = Sha256.digest();
        Main.commandLine();
        LargeDigest.expect(Long.MAX_VALUE);
        assertInstanceOf(OpenSslSha256.class, Sha256.digest());
        assertEquals(Sha256.hex(before), Sha256.hex(""));
    }
}
