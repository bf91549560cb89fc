#include <emmintrin.h>

#include "ops/matrix/move_form.h"

namespace ridgepoint::emulator {
namespace {

// Rows i and i + 4 become rows 2 i and 2 i + 1, their elements in turn.
void interleave(__m128i (&row)[SIDE]) {
    __m128i next[SIDE];
    for (unsigned i = 0; i < SIDE / 2; i++) {
        next[2 * i] = _mm_unpacklo_epi16(row[i], row[i + SIDE / 2]);
        next[2 * i + 1] = _mm_unpackhi_epi16(row[i], row[i + SIDE / 2]);
    }
    for (unsigned i = 0; i < SIDE; i++) row[i] = next[i];
}

}  // namespace

// Three times interleaved is transposed: each time one bit of an element's row becomes one of its column.
Matrix8x8 transposed(const Matrix8x8& matrix) {
    __m128i row[SIDE];
    for (unsigned i = 0; i < SIDE; i++) row[i] = _mm_loadu_si128((const __m128i*)matrix.element[i]);
    for (unsigned step = 0; step < 3; step++) interleave(row);
    Matrix8x8 result;
    for (unsigned i = 0; i < SIDE; i++) _mm_storeu_si128((__m128i*)result.element[i], row[i]);
    return result;
}

}  // namespace ridgepoint::emulator
