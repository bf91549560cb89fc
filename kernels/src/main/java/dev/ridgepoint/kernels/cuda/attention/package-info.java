/** CUDA kernels of softmax attention: which masks, heads and batches they do, and how keys are shared among blocks. */
package dev.ridgepoint.kernels.cuda.attention;
