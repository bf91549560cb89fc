/** CUDA kernels of what is done element by element: sums, activations, queries turned by their positions. */
package dev.ridgepoint.kernels.cuda.pointwise;
