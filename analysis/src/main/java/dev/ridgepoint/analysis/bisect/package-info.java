/** Between which of many builds a case got slower: by what is known of their kernels first, and by measuring last. */
package dev.ridgepoint.analysis.bisect;
