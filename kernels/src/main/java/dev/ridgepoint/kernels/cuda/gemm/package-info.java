/** CUDA kernels that multiply matrices: which products they do, and with which tile and how many shares of k. */
package dev.ridgepoint.kernels.cuda.gemm;
