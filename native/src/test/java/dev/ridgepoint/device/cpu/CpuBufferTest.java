package dev.ridgepoint.device.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.device.Device;
import dev.ridgepoint.device.DeviceBuffer;
import dev.ridgepoint.device.DeviceException;
import dev.ridgepoint.device.Devices;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CpuBufferTest {
    private Device device;

    @BeforeEach
    void open() {
        device = Devices.open("cpu");
    }

    @AfterEach
    void close() {
        device.close();
    }

    @Test
    void isAlignedToAPageAndLargeOnesToAHugePage() {
        try (DeviceBuffer small = device.allocate(1);
                DeviceBuffer large = device.allocate((2 << 20) + 1)) {
            assertEquals(0, small.address() % 4096);
            assertEquals(0, large.address() % (2 << 20));
        }
    }

    @Test
    void copiesPiecesOfDirectAndHeapBuffers() {
        try (DeviceBuffer buffer = device.allocate(10)) {
            buffer.fill((byte) -3);
            buffer.upload(2, ByteBuffer.wrap(new byte[] {9, 1, 2, 3, 9}, 1, 3));
            ByteBuffer direct =
                    ByteBuffer.allocateDirect(2).put((byte) 7).put((byte) 8).flip();
            buffer.upload(8, direct);
            assertEquals(0, direct.remaining());
            byte[] all = new byte[10];
            buffer.download(0, ByteBuffer.wrap(all));
            assertArrayEquals(new byte[] {-3, -3, 1, 2, 3, -3, -3, -3, 7, 8}, all);
        }
    }

    @Test
    void copiesOutsideAreRefusedAndChangeNothing() {
        try (DeviceBuffer buffer = device.allocate(10)) {
            ByteBuffer four = ByteBuffer.allocate(4);
            DeviceException e = assertThrows(DeviceException.class, () -> buffer.upload(7, four));
            assertEquals("offset: 4 bytes from 7 are outside a buffer of 10 bytes", e.getMessage());
            assertThrows(DeviceException.class, () -> buffer.download(-1, four));
            assertThrows(DeviceException.class, () -> buffer.download(Long.MAX_VALUE, four));
            assertEquals(4, four.remaining());
        }
    }

    @Test
    void aClosedBufferIsRefusedAndClosingTwiceIsFine() {
        DeviceBuffer buffer = device.allocate(10);
        buffer.close();
        buffer.close();
        assertThrows(DeviceException.class, buffer::address);
        assertThrows(DeviceException.class, () -> buffer.fill((byte) 0));
    }

    @Test
    void anEmptyBufferIsRefused() {
        assertThrows(DeviceException.class, () -> device.allocate(0));
        assertThrows(DeviceException.class, () -> device.allocate(-5));
    }
}
