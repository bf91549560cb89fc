/** The catalogue of our CUDA kernels: what each one does, how it is launched, and where its compiled code lies. */
package dev.ridgepoint.kernels.cuda;
