package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.cuda.jcuda.Jcublas;

/**
 * Opens cuBLAS through JCublas twice and multiplies by it, over the fake driver: a JVM of its own, since whether a library is
 * found is settled by the linker's path when a process starts.
 */
final class JcublasTrial {
    private JcublasTrial() {}

    public static void main(String[] args) {
        FakeCuda.install();
        for (int attempt = 0; attempt < 2; attempt++) {
            try {
                System.out.println(Jcublas.open().version());
            } catch (DeviceException e) {
                System.out.println(e.getMessage());
                continue;
            }
            System.out.println(VendorProductTest.multiply("jcuda", Jcublas::open));
        }
        FakeCuda.assertNothingIsLeft();
    }
}
