package dev.ridgepoint.device.cuda;

import dev.ridgepoint.device.RefusedChoiceException;
import dev.ridgepoint.device.cuda.driver.DriverDevice;
import dev.ridgepoint.kernels.cuda.CudaKernels;
import dev.ridgepoint.kernels.cuda.CudaRow;
import dev.ridgepoint.kernels.cuda.tuning.TuningRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Our kernels, and who chooses their configs.
 *
 * @param by {@value #RULE}, or the record of a tuning run
 */
record Tuned(List<CudaRow> kernels, String by) {
    private static final String RULE = "built-in rule";

    /**
     * By the record that {@value CudaProperties#TUNING} names, if it names one.
     *
     * @throws RefusedChoiceException in one line, if it cannot be read or is of another device or other kernels
     */
    static Tuned ofProperties(DriverDevice device) {
        String file = System.getProperty(CudaProperties.TUNING);
        if (file == null) {
            return new Tuned(CudaKernels.rows(), RULE);
        }
        try {
            TuningRecord record = TuningRecord.read(Path.of(file));
            String arch = CudaTraits.of(device).arch();
            if (!record.device().equals(device.name()) || !record.arch().equals(arch)) {
                throw new RefusedChoiceException("--tuning: " + file + " is of " + record.device() + " ("
                        + record.arch() + "), and this is " + device.name() + " (" + arch + ")");
            }
            return new Tuned(CudaKernels.rows().stream().map(record::apply).toList(), record.name());
        } catch (IOException unread) {
            throw new RefusedChoiceException("--tuning: cannot read " + file);
        } catch (IllegalArgumentException noRecord) {
            throw new RefusedChoiceException("--tuning: " + noRecord.getMessage());
        }
    }
}
