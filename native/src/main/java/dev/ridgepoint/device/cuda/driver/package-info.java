/**
 * The CUDA driver as our device uses it: the seam between the common part and its two bindings, JCuda and our JNI.
 * Every failure is a {@link dev.ridgepoint.device.cuda.driver.CudaException} with the driver's own words.
 */
package dev.ridgepoint.device.cuda.driver;
