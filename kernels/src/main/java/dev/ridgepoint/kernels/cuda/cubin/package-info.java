/** Reads what nvcc makes, fatbins and cubins, without any of NVIDIA's tools. */
package dev.ridgepoint.kernels.cuda.cubin;
