package dev.ridgepoint.device.digest;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;

/**
 * Our SHA-256 for everyone in this process who asks the JDK for one. The JVM's first compiler does not know the
 * processor's instructions for it, and its second comes too late for commands of a few seconds. Where our library is
 * missing, whoever asks gets the JDK's digest, which gives the same answers.
 */
public final class DigestProvider extends Provider {
    private static final long serialVersionUID = 1;
    private static final String NAME = "Ridgepoint";
    private static final String ALGORITHM = "SHA-256";

    DigestProvider() {
        super(NAME, "1", "SHA-256 in C++");
        putService(new Sha256Service(this));
    }

    /** Puts it before all others, once a process; the library is loaded when a digest is asked for. */
    public static void register() {
        if (NativeSha256.isBuilt()) {
            Security.insertProviderAt(new DigestProvider(), 1);
        }
    }

    private static final class Sha256Service extends Provider.Service {
        Sha256Service(Provider provider) {
            super(provider, "MessageDigest", ALGORITHM, Sha256Spi.class.getName(), null, null);
        }

        @Override
        public Object newInstance(Object none) throws NoSuchAlgorithmException {
            if (!Library.LOADED) {
                throw new NoSuchAlgorithmException("the library of digests cannot be loaded here");
            }
            return new Sha256Spi(Library.FORM);
        }
    }

    /**
     * Unpacking the library takes a digest itself. It is the thread that initialises this class that asks for it and finds
     * nothing loaded yet, and so it gets the JDK's.
     */
    private static final class Library {
        static final boolean LOADED = NativeSha256.load();
        static final int FORM = LOADED ? NativeSha256.fastest() : 0;
    }
}
