/** Kernels from outside: a descriptor says which problems one solves and how it is launched; then it is a row like ours. */
package dev.ridgepoint.kernels.cuda.adopt;
