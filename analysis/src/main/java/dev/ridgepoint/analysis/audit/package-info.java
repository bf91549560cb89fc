/**
 * Does a bundle say what its samples say: every published figure computed again from the iterations and held against what
 * was published, in the bundle and on a page. {@link dev.ridgepoint.analysis.audit.Audit} is the way in.
 */
package dev.ridgepoint.analysis.audit;
