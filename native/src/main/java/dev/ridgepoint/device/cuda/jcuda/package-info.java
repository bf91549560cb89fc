/** The CUDA driver through JCuda's driver binding; what JCuda does not bind is left to our JNI. */
package dev.ridgepoint.device.cuda.jcuda;
