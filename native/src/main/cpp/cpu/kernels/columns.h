// Eight-bit codes under one fp32 scale a column. All of a matrix is looked through before any of it can be encoded, so it
// is read twice.
#pragma once

#include <algorithm>
#include <cfloat>

#include "format.h"

namespace ridgepoint::RIDGEPOINT_ISA {

// How a column's largest magnitude becomes its scale, and this the factor that its elements are multiplied by.
struct ColumnRule {
    float (*scale)(float abs_max);
    float (*factor)(float abs_max, float scale);
};

template <class P, class Element, const ColumnRule& RULE>
class ColumnEncoder {
  public:
    explicit ColumnEncoder(const Matrix& m) : m_(m), peaks_(reinterpret_cast<Stored*>(m.peaks.data())) {}

    void run() const {
        std::fill(peaks_, peaks_ + m_.cols, Stored{});
        for (int64_t row = 0; row < m_.rows; row++) look(row_of<P>(m_, row));
        const bool finite = set_scales();
        for (int64_t row = 0; row < m_.rows; row++) encode(row, finite);
    }

  private:
    typedef typename P::Stored Stored;
    typedef typename P::Bits Bits;
    static constexpr int64_t WIDTH = sizeof(Bits) / sizeof(Stored);

    // Takes a row into its columns' largest magnitudes, as bits.
    void look(const Stored* x) const {
        int64_t i = 0;
        for (; i + WIDTH <= m_.cols; i += WIDTH) {
            __builtin_prefetch(x + i + m_.cols);
            store(peaks_ + i, larger(load<Bits>(x + i), load<Bits>(peaks_ + i)));
        }
        if (i >= m_.cols) return;
        // There is room for a whole vector beyond the last column.
        Stored some[WIDTH] = {};
        std::memcpy(some, x + i, (size_t)(m_.cols - i) * sizeof *x);
        store(peaks_ + i, larger(load<Bits>(some), load<Bits>(peaks_ + i)));
    }

    static RIDGEPOINT_INLINE Bits larger(Bits v, Bits most) {
        const Bits magnitude = v & P::MAGNITUDE;
        return magnitude > most ? magnitude : most;
    }

    int32_t peak(int64_t column) const {
        int32_t bits = 0;
        std::memcpy(&bits, peaks_ + column, sizeof(Stored));
        return bits;
    }

    // Largest magnitude of a column, passing over NaN.
    float abs_max(int64_t column) const {
        if (peak(column) < P::INFINITY_BITS) return P::value(peak(column));
        float most = 0;
        for (int64_t row = 0; row < m_.rows; row++) {
            most = std::max(most, magnitude_of_numbers<P>(row_of<P>(m_, row) + column, 1));
        }
        return most;
    }

    // Puts the scales in their place and says whether all elements and factors are finite.
    bool set_scales() const {
        bool finite = true;
        for (int64_t i = 0; i < m_.cols; i++) {
            const float most = abs_max(i);
            const float scale = RULE.scale(most);
            const float factor = RULE.factor(most, scale);
            put(m_.scales, i, scale);
            m_.factors[(size_t)i] = factor;
            finite = finite && peak(i) < P::INFINITY_BITS && factor <= FLT_MAX;
        }
        return finite;
    }

    void encode(int64_t row, bool finite) const {
        const Stored* x = row_of<P>(m_, row);
        const float* factors = m_.factors.data();
        uint8_t* codes = m_.codes + row * m_.cols;
        int64_t i = 0;
        for (; finite && i + BLOCK <= m_.cols; i += BLOCK) {
            for (size_t line = 0; line < BLOCK * sizeof *x; line += 64) {
                __builtin_prefetch(reinterpret_cast<const char*>(x + i + m_.cols) + line);
            }
            F v[4];
            for (int j = 0; j < 4; j++) v[j] = P::read(x + i + j * LANES) * load<F>(factors + i + j * LANES);
            Element::store_finite(codes + i, v);
        }
        each_vector(i, m_.cols, [&](int64_t at, auto n) {
            store_bytes(codes + at, Element::code(read<P>(x + at, n) * load<F>(factors + at)), n);
        });
    }

    const Matrix& m_;
    Stored* const peaks_;
};

template <class P, class Element>
RIDGEPOINT_INLINE void decode_columns(const uint8_t* codes, const float* scales, bool finite, int64_t count,
                                      typename P::Stored* y) {
    int64_t i = 0;
    for (; finite && i + 2 * LANES <= count; i += 2 * LANES) {
        P::write_numbers(y + i, Element::value(codes + i, Whole{}) * load<F>(scales + i),
                         Element::value(codes + i + LANES, Whole{}) * load<F>(scales + i + LANES));
    }
    each_vector(i, count, [&](int64_t at, auto n) {
        write<P>(y + at, Element::value(codes + at, n) * read<Fp32>(scales + at, n), n);
    });
}

template <class Element, const ColumnRule& RULE>
struct ByColumn {
    template <class P>
    static void encode(const Matrix& m) {
        ColumnEncoder<P, Element, RULE>(m).run();
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        const auto* scales = reinterpret_cast<const float*>(m.scales);
        const bool finite = peak_of<Fp32>(scales, m.cols).finite;
        auto* y = static_cast<typename P::Stored*>(out);
        for (int64_t row = from; row < to; row++, y += m.cols) {
            decode_columns<P, Element>(m.codes + row * m.cols, scales, finite, m.cols, y);
        }
    }
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
