package dev.ridgepoint.kernels.cuda;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** What the build made of a kernel: its fatbin and its static report, as resources. */
public final class KernelImage {
    private static final String FOLDER = "/kernels/";
    private static final String FATBIN = ".fatbin";

    private KernelImage() {}

    /** What a bundle calls the image of a kernel, among what the run was built of. */
    public static String name(String kernel) {
        return (FOLDER + kernel + FATBIN).substring(1);
    }

    /** Compiled code for every architecture we support; empty in a build without nvcc. */
    public static Optional<byte[]> fatbin(CudaKernel kernel) {
        return resource(kernel, FATBIN);
    }

    /** The static report as JSON; empty in a build without nvcc. */
    public static Optional<byte[]> report(CudaKernel kernel) {
        return resource(kernel, ".json");
    }

    /** Version of the nvcc that compiled the kernels; empty in a build without it. */
    public static Optional<String> compiler() {
        return report(CudaProbe.EMPTY).map(KernelImage::compilerOf);
    }

    private static String compilerOf(byte[] report) {
        try {
            return new ObjectMapper().readTree(report).path("nvcc").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<byte[]> resource(CudaKernel kernel, String suffix) {
        try (InputStream in = KernelImage.class.getResourceAsStream(FOLDER + kernel.id() + suffix)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
