package dev.ridgepoint.device.digest;

import java.security.Provider;
import java.security.Security;

/** Gives whoever asks the JVM for SHA-256 that of OpenSSL. */
public final class OpenSslProvider extends Provider {
    private static final long serialVersionUID = 1;
    private static final String SHA_256 = "SHA-256";

    private OpenSslProvider() {
        super("Ridgepoint", "1", "SHA-256 by the machine's OpenSSL");
        putService(new Service(this, "MessageDigest", SHA_256, OpenSslSha256.class.getName(), null, null) {
            @Override
            public Object newInstance(Object parameter) {
                return OpenSslSha256.create().orElseThrow();
            }
        });
    }

    /** Puts it before all others, where OpenSSL can be had; else the JDK's own stays. */
    public static void install() {
        if (OpenSslSha256.create().isPresent()) {
            Security.insertProviderAt(new OpenSslProvider(), 1);
        }
    }
}
