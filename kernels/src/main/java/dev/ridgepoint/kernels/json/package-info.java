/** What all readers of JSON share. */
package dev.ridgepoint.kernels.json;
