package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.PreparedLaunch;
import dev.ridgepoint.device.cuda.driver.DriverLaunch;
import dev.ridgepoint.device.cuda.driver.DriverStream;
import java.util.List;

/** Kernels started one after the other on the device's stream. */
final class CudaLaunch implements PreparedLaunch {
    private final DriverLaunch[] launches;
    private final CudaBuffer[] buffers;
    private final DriverStream stream;
    private final String implementation;
    private Runnable giveBack;

    CudaLaunch(
            List<DriverLaunch> launches,
            List<CudaBuffer> buffers,
            DriverStream stream,
            String implementation,
            Runnable giveBack) {
        this.launches = launches.toArray(DriverLaunch[]::new);
        this.buffers = buffers.toArray(CudaBuffer[]::new);
        this.stream = stream;
        this.implementation = implementation;
        this.giveBack = giveBack;
    }

    @Override
    public void launch() {
        if (giveBack == null) {
            throw new DeviceException("the launch is closed");
        }
        for (CudaBuffer buffer : buffers) {
            buffer.requireOpen();
        }
        for (DriverLaunch launch : launches) {
            launch.launch();
        }
    }

    @Override
    public void synchronize() {
        stream.synchronize();
    }

    @Override
    public String implementation() {
        return implementation;
    }

    @Override
    public void close() {
        if (giveBack != null) {
            giveBack.run();
            giveBack = null;
        }
    }
}
