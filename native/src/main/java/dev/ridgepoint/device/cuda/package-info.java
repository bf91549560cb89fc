/** CUDA devices: everything but the binding to the driver, which {@code jcuda} and {@code jni} bring. */
package dev.ridgepoint.device.cuda;
