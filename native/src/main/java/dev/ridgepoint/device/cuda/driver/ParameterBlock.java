package dev.ridgepoint.device.cuda.driver;

import dev.ridgepoint.device.library.JavaCppSettings;
import dev.ridgepoint.kernels.cuda.Argument;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.ToLongFunction;
import org.bytedeco.javacpp.BytePointer;

/**
 * A kernel's parameters outside the heap, packed once: first a pointer to each, as the driver wants them, then the values,
 * each at a multiple of its size as in the kernel's own block of parameters.
 */
public final class ParameterBlock implements AutoCloseable {
    private final List<Argument> arguments;
    private BytePointer block;

    private ParameterBlock(List<Argument> arguments, BytePointer block) {
        this.arguments = arguments;
        this.block = block;
    }

    /**
     * Packs arguments.
     *
     * @param addresses of buffers by name
     */
    public static ParameterBlock pack(List<Argument> arguments, ToLongFunction<String> addresses) {
        JavaCppSettings.apply();
        int valuesAt = Long.BYTES * arguments.size();
        int[] offsets = offsets(arguments);
        BytePointer block = new BytePointer(valuesAt + (long) offsets[arguments.size()] + Long.BYTES);
        ByteBuffer bytes = block.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < arguments.size(); i++) {
            bytes.putLong(Long.BYTES * i, block.address() + valuesAt + offsets[i]);
            put(bytes, valuesAt + offsets[i], arguments.get(i), addresses);
        }
        return new ParameterBlock(List.copyOf(arguments), block);
    }

    /** Where each argument lies among the values, and last where they end. */
    public static int[] offsets(List<Argument> arguments) {
        int[] offsets = new int[arguments.size() + 1];
        int at = 0;
        for (int i = 0; i < arguments.size(); i++) {
            int size = arguments.get(i).bytes();
            offsets[i] = (at + size - 1) / size * size;
            at = offsets[i] + size;
        }
        offsets[arguments.size()] = at;
        return offsets;
    }

    private static void put(ByteBuffer bytes, int at, Argument argument, ToLongFunction<String> addresses) {
        long value = argument instanceof Argument.Buffer buffer
                ? addresses.applyAsLong(buffer.name())
                : ((Argument.Scalar) argument).bits();
        for (int i = 0; i < argument.bytes(); i++) {
            bytes.put(at + i, (byte) (value >>> (8 * i)));
        }
    }

    /** The number of parameters. */
    public int count() {
        return arguments.size();
    }

    /** The address of the pointers, 0 where there are none: the driver's {@code kernelParams}. */
    public long address() {
        return arguments.isEmpty() ? 0 : block.address();
    }

    @Override
    public void close() {
        if (block != null) {
            block.deallocate();
            block = null;
        }
    }
}
