/** CUDA kernels that make a row of each row, softmax and norms: a catalogue row a function and type. */
package dev.ridgepoint.kernels.cuda.rows;
