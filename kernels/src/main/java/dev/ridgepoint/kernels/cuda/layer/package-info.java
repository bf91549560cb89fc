/** Transformer layers put together from the catalogue's own kernels. */
package dev.ridgepoint.kernels.cuda.layer;
