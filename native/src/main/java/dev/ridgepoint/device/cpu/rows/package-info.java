/** Functions of rows on the CPU, softmax and norms: a row a function and type. */
package dev.ridgepoint.device.cpu.rows;
