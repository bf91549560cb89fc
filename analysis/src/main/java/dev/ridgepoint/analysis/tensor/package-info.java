/**
 * What storing a tensor in a narrower format does to it: the user's own from a {@code .npy} file of any size, or made-up
 * ones of several distributions, for the answer depends on the data. {@link
 * dev.ridgepoint.analysis.tensor.TensorStudy} is the way in.
 *
 * <p>A tensor is a [rows, cols] matrix: the last axis is the columns, all others together the rows. It is read twice, a
 * chunk of whole rows at a time: first for what formats with one scale a tensor or a column must know beforehand, then
 * through each format's own codec.
 */
package dev.ridgepoint.analysis.tensor;
