/** The CUDA driver through our own C++: a call is one crossing into native code, and launching allocates nothing. */
package dev.ridgepoint.device.cuda.jni;
