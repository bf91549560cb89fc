package dev.ridgepoint.device.cuda.jcuda;

import dev.ridgepoint.device.cuda.driver.DeviceAttribute;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import jcuda.driver.CUcontext;
import jcuda.driver.CUdevice;
import jcuda.driver.CUuuid;
import jcuda.driver.JCudaDriver;

record JcudaDevice(int index, CUdevice handle) implements DriverDevice {
    @Override
    public String name() {
        byte[] name = new byte[256];
        JcudaCalls.check("cuDeviceGetName", JCudaDriver.cuDeviceGetName(name, name.length, handle));
        int end = 0;
        while (end < name.length && name[end] != 0) {
            end++;
        }
        return new String(name, 0, end, StandardCharsets.UTF_8);
    }

    @Override
    public String uuid() {
        CUuuid uuid = new CUuuid();
        JcudaCalls.check("cuDeviceGetUuid", JCudaDriver.cuDeviceGetUuid(uuid, handle));
        String digits = HexFormat.of().formatHex(uuid.bytes);
        return String.join(
                "-",
                "GPU",
                digits.substring(0, 8),
                digits.substring(8, 12),
                digits.substring(12, 16),
                digits.substring(16, 20),
                digits.substring(20));
    }

    @Override
    public int attribute(DeviceAttribute attribute) {
        int[] value = new int[1];
        JcudaCalls.check("cuDeviceGetAttribute", JCudaDriver.cuDeviceGetAttribute(value, attribute.number(), handle));
        return value[0];
    }

    @Override
    public long memoryBytes() {
        long[] bytes = new long[1];
        JcudaCalls.check("cuDeviceTotalMem", JCudaDriver.cuDeviceTotalMem(bytes, handle));
        return bytes[0];
    }

    @Override
    public DriverContext open() {
        CUcontext retained = new CUcontext();
        JcudaCalls.check("cuDevicePrimaryCtxRetain", JCudaDriver.cuDevicePrimaryCtxRetain(retained, handle));
        JcudaContext context = new JcudaContext(handle, retained);
        context.makeCurrent();
        return context;
    }
}
