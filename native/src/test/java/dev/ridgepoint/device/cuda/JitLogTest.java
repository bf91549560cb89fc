package dev.ridgepoint.device.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.ridgepoint.device.cuda.driver.CudaException;
import dev.ridgepoint.device.cuda.driver.Driver;
import dev.ridgepoint.device.cuda.driver.DriverContext;
import dev.ridgepoint.device.cuda.driver.DriverModule;
import dev.ridgepoint.device.cuda.jcuda.JcudaDriver;
import dev.ridgepoint.device.cuda.jni.JniDriver;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the driver's compiler says of PTX, through both bindings. */
class JitLogTest {
    @BeforeEach
    void installFake() {
        FakeCuda.install();
    }

    @AfterEach
    void leavesNothing() {
        FakeCuda.assertNothingIsLeft();
    }

    @Test
    void theCompilersWordsEndTheMessage() {
        for (Driver driver : drivers()) {
            try (DriverContext context = driver.device(0).open()) {
                CudaException e =
                        assertThrows(CudaException.class, () -> context.load(ptx(".version 9.0\n\nnonsense;")));
                assertEquals(
                        "cuModuleLoadDataEx: CUDA_ERROR_INVALID_PTX (218), the fake's words for 218:"
                                + " line 3: unknown instruction 'nonsense'",
                        e.getMessage(),
                        driver.binding());
                CudaException image = assertThrows(CudaException.class, () -> context.load(new byte[64]));
                assertEquals(
                        "cuModuleLoadDataEx: CUDA_ERROR_INVALID_IMAGE (200), the fake's words for 200",
                        image.getMessage(),
                        "what was said of the module before is not said again");
            }
        }
    }

    @Test
    void aSymbolThatIsNotThereIsAnError() {
        for (Driver driver : drivers()) {
            try (DriverContext context = driver.device(0).open();
                    DriverModule module = context.load(ptx(".version 9.0 .entry there"))) {
                module.function("there");
                CudaException e = assertThrows(CudaException.class, () -> module.function("missing"));
                assertEquals(500, e.result());
            }
        }
    }

    private static List<Driver> drivers() {
        return List.of(JcudaDriver.open(FakeCuda.path()), JniDriver.open(FakeCuda.path()));
    }

    private static byte[] ptx(String text) {
        return (text + "\0").getBytes(StandardCharsets.UTF_8);
    }
}
