/** The tool the build runs to compile CUDA kernels; at run time nobody needs it. */
package dev.ridgepoint.kernels.cuda.build;
