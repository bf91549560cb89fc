package dev.ridgepoint.device.cpu.gemm;

import dev.ridgepoint.device.cpu.LaunchBuilder;
import dev.ridgepoint.device.cpu.Memory;
import java.nio.ByteBuffer;

/** Rows of an operand and the scratch memory they are gathered in; an operand without rows of its own is left as it is. */
final class RowBuffer {
    private final int rowBytes;
    private final int rows;
    private final long shared;
    private final long address;
    private final ByteBuffer operand;
    private final ByteBuffer scratch;

    private RowBuffer(int rowBytes, int rows, long shared, long address, ByteBuffer operand, ByteBuffer scratch) {
        this.rowBytes = rowBytes;
        this.rows = rows;
        this.shared = shared;
        this.address = address;
        this.operand = operand;
        this.scratch = scratch;
    }

    /** An operand of {@code stored} rows of which {@code rows} are gathered. */
    static RowBuffer gathered(LaunchBuilder launch, String name, long rowBytes, long stored, long rows) {
        if (rowBytes == 0) {
            return new RowBuffer(0, (int) rows, launch.address(name), 0, null, null);
        }
        long address = launch.scratch(rowBytes * rows);
        return new RowBuffer(
                Math.toIntExact(rowBytes),
                Math.toIntExact(rows),
                0,
                address,
                Memory.at(launch.address(name), rowBytes * stored).asBuffer(),
                Memory.at(address, rowBytes * rows).asBuffer());
    }

    int rows() {
        return rows;
    }

    void gather(int from, int to) {
        if (rowBytes > 0) {
            scratch.put(to * rowBytes, operand, from * rowBytes, rowBytes);
        }
    }

    void scatter(int from, int to) {
        operand.put(to * rowBytes, scratch, from * rowBytes, rowBytes);
    }

    /** Where a gathered row lies, or where the operand lies that all rows share. */
    long gatheredAt(int row) {
        return rowBytes == 0 ? shared : address + (long) row * rowBytes;
    }
}
