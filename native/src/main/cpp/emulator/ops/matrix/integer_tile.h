// The integer matrices of one mma.sync, multiplied from its fragments: exact, then wrapped or clamped to 32 bits.
#pragma once

#include "ops/matrix/fragment.h"

namespace ridgepoint::emulator {

struct IntegerType {
    const char* name;
    unsigned bits;  // 8 or 4
    bool has_sign;
};

struct IntegerForm {
    Fragment fragment;
    IntegerType a, b;  // of the same bits
    bool clamp = false;
};

// The model: one element at a time, by the table of fragment.h.
void multiply_integers_plainly(const IntegerForm& form, const FragmentRegisters& registers);

#if defined(__AVX2__)
// The same results, faster.
void multiply_integers_quickly(const IntegerForm& form, const FragmentRegisters& registers);
#else
inline void multiply_integers_quickly(const IntegerForm& f, const FragmentRegisters& r) { multiply_integers_plainly(f, r); }
#endif

}  // namespace ridgepoint::emulator
