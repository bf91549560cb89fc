package dev.ridgepoint.device.cuda.jni;

import dev.ridgepoint.device.cuda.driver.CudaErrors;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;

/** A launch in native memory. */
public final class JniLaunch implements DriverLaunch {
    private long launch;

    JniLaunch(long launch) {
        this.launch = launch;
    }

    @Override
    public void launch() {
        int result = NativeCuda.launch(launch);
        if (result != CudaErrors.SUCCESS) {
            Calls.fail("cuLaunchKernel", result, "");
        }
    }

    /** Nanoseconds of so many launches from C++, each followed by a synchronisation if asked: what Java is held against. */
    public long time(long times, boolean synchronize) {
        long nanos = NativeCuda.time_launches(launch, times, synchronize);
        if (nanos < 0) {
            Calls.fail("cuLaunchKernel", (int) -nanos, "");
        }
        return nanos;
    }

    @Override
    public void close() {
        if (launch != 0) {
            NativeCuda.launch_destroy(launch);
            launch = 0;
        }
    }
}
