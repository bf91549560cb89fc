/** Shared libraries that travel in our jar. */
package dev.ridgepoint.device.library;
