// Eight-bit codes under one fp32 scale a group: what int8 and fp8 share.
#pragma once

#include "format.h"

namespace ridgepoint::RIDGEPOINT_ISA {

constexpr int64_t ALL = -1;

// Which elements form a group, and what becomes of its largest magnitude.
struct Rule {
    int64_t height;
    int64_t width;
    float (*scale)(float abs_max);
    float (*factor)(float abs_max, float scale);
    // Whether elements are divided by the factor or multiplied.
    bool divides;

    int64_t rows(const Matrix& m) const { return height == ALL ? m.rows : height; }
    int64_t across(const Matrix& m) const { return width == ALL ? 1 : groups_of(m.cols, width); }
    bool by_column() const { return width == 1; }
};

// Each group of a row: its index, first column and length.
template <class Body>
RIDGEPOINT_INLINE void each_run(const Matrix& m, const Rule& rule, Body body) {
    const int64_t width = rule.width == ALL ? m.cols : rule.width;
    for (int64_t at = 0, group = 0; at < m.cols; at += width, group++) {
        body(group, at, at + width < m.cols ? width : m.cols - at);
    }
}

// Leaves the factors of one band of rows in m.factors and its scales in their place.
template <class P>
void find_scales(const Matrix& m, const Rule& rule, int64_t top, int64_t bottom) {
    float* const maxima = m.factors.data();
    const int64_t count = rule.across(m);
    std::memset(maxima, 0, (size_t)count * 4);
    for (int64_t row = top; row < bottom; row++) {
        const auto* x = row_of<P>(m, row);
        if (rule.by_column()) {
            // m.factors has room for a whole vector beyond the last column.
            for (int64_t i = 0; i < m.cols; i += LANES) {
                store(maxima + i, max(magnitude(read_up_to<P>(x + i, m.cols - i)), load<F>(maxima + i)));
            }
        } else {
            each_run(m, rule, [&](int64_t group, int64_t at, int64_t length) {
                maxima[group] = largest_magnitude<P>(x + at, length, maxima[group]);
            });
        }
    }
    uint8_t* scales = m.scales + top / rule.rows(m) * count * 4;
    for (int64_t g = 0; g < count; g++) {
        const float scale = rule.scale(maxima[g]);
        put(scales, g, scale);
        maxima[g] = rule.factor(maxima[g], scale);
    }
}

RIDGEPOINT_INLINE void store_up_to(uint8_t* codes, I v, int64_t count) {
    if (count >= LANES) {
        store_bytes(codes, v);
    } else {
        uint8_t some[LANES];
        store_bytes(some, v);
        std::memcpy(codes, some, (size_t)count);
    }
}

// Codes of one row; factor_at(column) is a vector of factors. Element: code(scaled).
template <class P, class Element, bool DIVIDES, class FactorAt>
RIDGEPOINT_INLINE void encode_run(const typename P::Stored* x, int64_t count, uint8_t* codes, FactorAt factor_at) {
    const auto code = [&](F v, int64_t i) { return Element::code(DIVIDES ? v / factor_at(i) : v * factor_at(i)); };
    int64_t i = 0;
    for (; i + 4 * LANES <= count; i += 4 * LANES) {
        store_bytes(codes + i,
                    code(P::read(x + i), i),
                    code(P::read(x + i + LANES), i + LANES),
                    code(P::read(x + i + 2 * LANES), i + 2 * LANES),
                    code(P::read(x + i + 3 * LANES), i + 3 * LANES));
    }
    for (; i < count; i += LANES) store_up_to(codes + i, code(read_up_to<P>(x + i, count - i), i), count - i);
}

template <class P, class Element, bool DIVIDES>
void encode_row(const Matrix& m, const Rule& rule, int64_t row) {
    const auto* x = row_of<P>(m, row);
    uint8_t* codes = m.codes + row * m.cols;
    const float* factors = m.factors.data();
    if (rule.by_column()) {
        encode_run<P, Element, DIVIDES>(x, m.cols, codes, [&](int64_t i) { return load<F>(factors + i); });
    } else {
        each_run(m, rule, [&](int64_t group, int64_t at, int64_t length) {
            const F factor = splat(factors[group]);
            encode_run<P, Element, DIVIDES>(x + at, length, codes + at, [&](int64_t) { return factor; });
        });
    }
}

// Element: value(code bytes), up to eight of them.
template <class P, class Element>
void decode_row(const Matrix& m, const Rule& rule, int64_t row, typename P::Stored* y) {
    const uint8_t* codes = m.codes + row * m.cols;
    const uint8_t* scales = m.scales + row / rule.rows(m) * rule.across(m) * 4;
    if (rule.by_column()) {
        for (int64_t i = 0; i < m.cols; i += LANES) {
            const F scale = read_up_to<Fp32>(reinterpret_cast<const float*>(scales) + i, m.cols - i);
            write_up_to<P>(y + i, Element::value(codes + i, m.cols - i) * scale, m.cols - i);
        }
        return;
    }
    each_run(m, rule, [&](int64_t group, int64_t at, int64_t length) {
        const F scale = splat(get<float>(scales, group));
        for (int64_t i = 0; i < length; i += LANES) {
            write_up_to<P>(y + at + i, Element::value(codes + at + i, length - i) * scale, length - i);
        }
    });
}

template <class Element, const Rule& RULE>
struct Scaled {
    template <class P>
    static void encode(const Matrix& m) {
        const int64_t height = RULE.rows(m);
        for (int64_t top = 0; top < m.rows; top += height) {
            const int64_t bottom = top + height < m.rows ? top + height : m.rows;
            find_scales<P>(m, RULE, top, bottom);
            for (int64_t row = top; row < bottom; row++) encode_row<P, Element, RULE.divides>(m, RULE, row);
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        auto* y = static_cast<typename P::Stored*>(out);
        for (int64_t row = from; row < to; row++, y += m.cols) decode_row<P, Element>(m, RULE, row, y);
    }
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
