package dev.ridgepoint.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortedLinesTest {
    private final Random random = new Random(1);

    @Test
    void sortsAsSortingDoes() {
        for (int length : new int[] {1, 2, 5, 32}) {
            for (int lines : new int[] {1, 2, 8, 32}) {
                for (int distinct : new int[] {1, 3, 1_000_000}) {
                    double[] any = random.ints(lines * length, 0, distinct)
                            .asDoubleStream()
                            .toArray();
                    sorts(any, length);
                    double[] ascending = any.clone();
                    for (int line = 0; line < any.length; line += length) {
                        Arrays.sort(ascending, line, line + length);
                    }
                    sorts(ascending, length);
                }
            }
        }
    }

    private static void sorts(double[] lines, int length) {
        double[] expected = lines.clone();
        Arrays.sort(expected);
        assertArrayEquals(expected, SortedLines.of(lines.clone(), length));
    }
}
