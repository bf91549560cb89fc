/** CUDA kernels of recurrent cells: what is pointwise in a time step. */
package dev.ridgepoint.kernels.cuda.recurrent;
