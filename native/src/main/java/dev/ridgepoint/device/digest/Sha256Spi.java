package dev.ridgepoint.device.digest;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigestSpi;
import java.util.Arrays;

/** SHA-256 of a message that comes in pieces: what does not fill a block waits for the next piece. */
final class Sha256Spi extends MessageDigestSpi implements Cloneable {
    private static final int BLOCK = 64;
    private static final int DIGEST = 32;
    /** The message's length in bits ends the last block. */
    private static final int LENGTH = 8;

    private static final int[] START = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private final int form;
    private int[] state = START.clone();
    private byte[] waiting = new byte[BLOCK];
    /** Bytes so far; those beyond a whole block wait. */
    private long length;

    Sha256Spi(int form) {
        this.form = form;
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
        int from = offset;
        int left = count;
        int waits = (int) (length % BLOCK);
        length += count;
        if (waits > 0) {
            int taken = Math.min(left, BLOCK - waits);
            System.arraycopy(input, from, waiting, waits, taken);
            from += taken;
            left -= taken;
            if (waits + taken < BLOCK) {
                return;
            }
            NativeSha256.compress(form, state, waiting, 0, 1);
        }
        if (left >= BLOCK) {
            NativeSha256.compress(form, state, input, from, left / BLOCK);
        }
        int rest = left % BLOCK;
        System.arraycopy(input, from + left - rest, waiting, 0, rest);
    }

    /** The message is followed by a one, by noughts up to the end of a block, and there by its length. */
    @Override
    protected byte[] engineDigest() {
        int waits = (int) (length % BLOCK);
        byte[] last = Arrays.copyOf(Arrays.copyOf(waiting, waits), waits + 1 + LENGTH <= BLOCK ? BLOCK : 2 * BLOCK);
        last[waits] = (byte) 0x80;
        ByteBuffer.wrap(last).putLong(last.length - LENGTH, Byte.SIZE * length);
        NativeSha256.compress(form, state, last, 0, last.length / BLOCK);
        ByteBuffer digest = ByteBuffer.allocate(DIGEST).order(ByteOrder.BIG_ENDIAN);
        digest.asIntBuffer().put(state);
        engineReset();
        return digest.array();
    }

    @Override
    protected void engineReset() {
        System.arraycopy(START, 0, state, 0, START.length);
        length = 0;
    }

    @Override
    public Object clone() throws CloneNotSupportedException {
        Sha256Spi copy = (Sha256Spi) super.clone();
        copy.state = state.clone();
        copy.waiting = waiting.clone();
        return copy;
    }
}
