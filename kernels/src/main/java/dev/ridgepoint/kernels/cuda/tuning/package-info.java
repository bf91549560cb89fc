/**
 * Configs of kernels: which there are, which a tuning run found fastest, and a kernel that runs by such a record. A scoring
 * run takes a record or the kernels' own rules; it never chooses by the times it reports.
 */
package dev.ridgepoint.kernels.cuda.tuning;
