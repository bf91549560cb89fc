/** What launching a kernel from Java costs, held against the same call from C++. */
package dev.ridgepoint.device.cuda.cost;
