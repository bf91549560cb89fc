/** CUDA kernels that quantise and dequantise: a row a format and direction, and how each kind of format is launched. */
package dev.ridgepoint.kernels.cuda.quantize;
