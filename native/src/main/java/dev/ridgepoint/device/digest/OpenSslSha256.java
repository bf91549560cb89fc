package dev.ridgepoint.device.digest;

import java.security.MessageDigest;
import java.util.Optional;

/** SHA-256 of a message that comes in pieces, by OpenSSL: several times as fast as the JVM's first compiler makes the JDK's. */
public final class OpenSslSha256 extends MessageDigest implements Cloneable {
    private static final int DIGEST = 32;

    private byte[] context = OpenSsl.begin();

    private OpenSslSha256() {
        super("SHA-256");
    }

    /** A digest to feed; empty where OpenSSL cannot be had. The first call of a process takes some milliseconds. */
    public static Optional<MessageDigest> create() {
        return Library.LOADED ? Optional.of(new OpenSslSha256()) : Optional.empty();
    }

    private static final class Library {
        static final boolean LOADED = OpenSsl.load();
    }

    @Override
    protected int engineGetDigestLength() {
        return DIGEST;
    }

    @Override
    protected void engineUpdate(byte one) {
        engineUpdate(new byte[] {one}, 0, 1);
    }

    @Override
    protected void engineUpdate(byte[] input, int offset, int count) {
        OpenSsl.update(context, input, offset, count);
    }

    @Override
    protected byte[] engineDigest() {
        byte[] digest = OpenSsl.finish(context);
        engineReset();
        return digest;
    }

    @Override
    protected void engineReset() {
        context = OpenSsl.begin();
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        OpenSslSha256 copy = (OpenSslSha256) super.clone();
        copy.context = context.clone();
        return copy;
    }
}
