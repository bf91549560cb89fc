/**
 * Rows of tables out of an SQLite file, in plain Java and after <a href="https://sqlite.org/fileformat2.html">its published
 * format</a>: one pass over a table's b-tree, a page in memory at a time for each level, nothing written and no native code.
 * {@link dev.ridgepoint.analysis.trace.sqlite.SqliteFile} is the way in.
 */
package dev.ridgepoint.analysis.trace.sqlite;
