package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.device.library.BundledLibrary;
import java.nio.file.Path;
import java.util.Map;
import jcuda.driver.CUdevice;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** The driver through JCuda, whose library the dynamic linker ties to {@code libcuda.so.1} when it is first used. */
public final class JcudaDriver implements Driver {
    private static final String VERSION = "12.6.0";
    private static final String LIBRARY = "/lib/libJCudaDriver-" + VERSION + "-linux-x86_64.so";
    private static final String TEMPORARY_FOLDER = "java.io.tmpdir";

    private JcudaDriver() {}

    /**
     * Opens the driver and initialises it.
     *
     * @param path the driver's library; where it is a file it is loaded first, and its SONAME satisfies JCuda's
     * @throws DeviceException in one line, if the driver cannot be opened
     */
    public static JcudaDriver open(String path) {
        try {
            if (Path.of(path).isAbsolute()) {
                System.load(path);
            }
            load();
            // JCuda would throw exceptions of its own, which know no more than a number.
            JCudaDriver.setExceptionsEnabled(false);
            JcudaCalls.check("cuInit", JCudaDriver.cuInit(0));
            return new JcudaDriver();
        } catch (UnsatisfiedLinkError | NoClassDefFoundError e) {
            throw new DeviceException(
                    "no CUDA driver: " + firstLine(e) + "; install NVIDIA's driver, or use --backend cpu", e);
        }
    }

    /**
     * Makes JCuda take its library from our cache. It would unpack to a fixed name in the folder all users share, and
     * load whatever lies there under that name, half written or put there by somebody else.
     */
    private static synchronized void load() {
        String shared = System.getProperty(TEMPORARY_FOLDER);
        BundledLibrary.find(CUresult.class, LIBRARY)
                .ifPresent(library -> System.setProperty(
                        TEMPORARY_FOLDER, library.unpack().getParent().toString()));
        try {
            Class.forName(JCudaDriver.class.getName());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("it is on the class path, or this class would not be", e);
        } finally {
            System.setProperty(TEMPORARY_FOLDER, shared);
        }
    }

    /** JCuda wraps the linker's message in a page of advice; what the linker missed stands last in its line. */
    private static String firstLine(Error error) {
        String said = String.valueOf(error.getMessage());
        String line = said.lines()
                .filter(one -> one.contains("libcuda") || one.contains("cannot open"))
                .findFirst()
                .orElse(said.lines().findFirst().orElse("its library does not load"));
        int missed = line.lastIndexOf("libcuda.so.1: ");
        return missed < 0 ? line.strip() : line.substring(missed).strip();
    }

    @Override
    public String binding() {
        return "jcuda";
    }

    @Override
    public Map<String, String> stack() {
        return Map.of("JCuda", VERSION);
    }

    @Override
    public int version() {
        int[] version = new int[1];
        JcudaCalls.check("cuDriverGetVersion", JCudaDriver.cuDriverGetVersion(version));
        return version[0];
    }

    @Override
    public int deviceCount() {
        int[] count = new int[1];
        JcudaCalls.check("cuDeviceGetCount", JCudaDriver.cuDeviceGetCount(count));
        return count[0];
    }

    @Override
    public DriverDevice device(int index) {
        CUdevice device = new CUdevice();
        JcudaCalls.check("cuDeviceGet", JCudaDriver.cuDeviceGet(device, index));
        return new JcudaDevice(index, device);
    }
}
