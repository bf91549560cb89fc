package dev.ridgepoint.kernels.shape;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * What is done to a finished product before it is stored: {@code c = f(a b^T + bias)}, argument and function kept in fp32
 * and rounded once. The bias is a number a column, of the type c is stored in.
 */
public enum Epilogue {
    /** The product itself, and no bias. */
    NONE("none"),
    /** {@code f(z) = z}. */
    BIAS("bias"),
    /**
     * {@code f(z) = z Phi(z)}, Phi the normal distribution by the error function (Hendrycks and Gimpel 2016): {@code gelu} of
     * BERT, ViT and Whisper.
     */
    BIAS_GELU("bias_gelu"),
    /** The same authors' approximation of it by a tangent, {@code z (1 + tanh u) / 2}: {@code gelu_new} of GPT-2. */
    BIAS_GELU_TANH("bias_gelu_tanh"),
    /** {@code f(z) = z / (1 + exp(-z))} (Elfwing, Uchibe and Doya 2017): {@code swish} of Marian's translators. */
    BIAS_SILU("bias_silu");

    /** The factor of a number's cube in {@link #BIAS_GELU_TANH}: u = sqrt(2 / pi) (z + CUBE z^3). */
    public static final double CUBE = 0.044715;

    private final String id;

    Epilogue(String id) {
        this.id = id;
    }

    /** The name in files, and how an id ends. */
    public String id() {
        return id;
    }

    /** Whether a number a column is added. */
    public boolean hasBias() {
        return this != NONE;
    }

    /** Whether a function follows that is no straight line. */
    public boolean bends() {
        return this != NONE && this != BIAS;
    }

    /**
     * The epilogue of that name.
     *
     * @throws IllegalArgumentException naming the field and the epilogues there are
     */
    public static Epilogue parse(String id) {
        return Arrays.stream(values())
                .filter(epilogue -> epilogue.id.equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("epilogue: expected "
                        + Arrays.stream(values()).map(Epilogue::id).collect(Collectors.joining(", ")) + ", got '" + id
                        + "'"));
    }

    @Override
    public String toString() {
        return id;
    }
}
