// Eight-bit codes under one fp32 scale a group: what int8 and fp8 share.
#pragma once

#include <cfloat>

#include "format.h"

namespace ridgepoint::RIDGEPOINT_ISA {

constexpr int64_t ALL = -1;

// Bytes of a band that is looked through for its scales and then encoded while a cache holds it. More than a second
// cache, so that rows stay whole: memory is slower for pieces of rows than a third cache is for all.
constexpr int64_t BAND_BYTES = 1 << 20;

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

    // Columns that are dealt with at a time: whole groups.
    int64_t strip(const Matrix& m, int64_t bytes) const {
        if (height == ALL || width == ALL) return m.cols;
        const int64_t groups = BAND_BYTES / (height * width * bytes);
        return (groups > 1 ? groups : 1) * width;
    }
};

// Columns [from, to) of a matrix.
struct Columns {
    int64_t from;
    int64_t to;
};

// Each group of a row: its index, first column and length. Columns begin with a group.
template <class Body>
RIDGEPOINT_INLINE void each_run(Columns columns, const Rule& rule, Body body) {
    const int64_t width = rule.width == ALL ? columns.to : rule.width;
    for (int64_t at = columns.from, group = at / width; at < columns.to; at += width, group++) {
        body(group, at, at + width < columns.to ? width : columns.to - at);
    }
}

template <class Body>
RIDGEPOINT_INLINE void each_group(Columns columns, const Rule& rule, Body body) {
    const int64_t width = rule.width == ALL ? columns.to : rule.width;
    const int64_t end = groups_of(columns.to, width);
    for (int64_t group = columns.from / width; group < end; group++) body(group);
}

inline bool normal(float x) { return x >= FLT_MIN && x <= FLT_MAX; }

// Leaves the largest magnitudes of one band of rows in m.factors and what is finite in m.finite.
template <class P>
void find_peaks(const Matrix& m, const Rule& rule, int64_t top, int64_t bottom, Columns columns) {
    float* const maxima = m.factors.data();
    char* const finite = m.finite.data();
    each_group(columns, rule, [&](int64_t g) {
        maxima[g] = 0;
        finite[g] = 1;
    });
    for (int64_t row = top; row < bottom; row++) {
        const auto* x = row_of<P>(m, row);
        each_run(columns, rule, [&](int64_t group, int64_t at, int64_t length) {
            Peak peak = {maxima[group], finite[group] != 0};
            peak.include(peak_of<P>(x + at, length));
            maxima[group] = peak.magnitude;
            finite[group] = peak.finite;
        });
    }
}

// Puts the scales of one band in their place and turns magnitudes into factors.
RIDGEPOINT_INLINE void set_scales(const Matrix& m, const Rule& rule, int64_t top, Columns columns) {
    float* const maxima = m.factors.data();
    uint8_t* scales = m.scales + top / rule.rows(m) * rule.across(m) * 4;
    each_group(columns, rule, [&](int64_t g) {
        const float scale = rule.scale(maxima[g]);
        put(scales, g, scale);
        maxima[g] = rule.factor(maxima[g], scale);
        m.finite[(size_t)g] &= (char)(normal(scale) && normal(maxima[g]));
    });
}

template <class Element, bool DIVIDES>
RIDGEPOINT_INLINE I code(F x, F factor) {
    return Element::code(DIVIDES ? x / factor : x * factor);
}

// Codes of a stretch by one factor. Where all is finite and the factor normal, scaled elements fit the codes' range but
// for rounding, and `Element` needs no special cases. `ahead` is what is fetched meanwhile, in elements.
template <class P, class Element, bool DIVIDES>
RIDGEPOINT_INLINE void encode_run(const typename P::Stored* x, int64_t count, float factor, bool finite, int64_t ahead,
                                  uint8_t* codes) {
    int64_t i = 0;
    if (finite) {
        const F f = splat(factor);
        const auto scale = [f](F element) __attribute__((always_inline)) { return DIVIDES ? element / f : element * f; };
        for (; i + BLOCK <= count; i += BLOCK) {
            for (size_t line = 0; line < BLOCK * sizeof *x; line += 64) {
                __builtin_prefetch(reinterpret_cast<const char*>(x + i + ahead) + line);
            }
            Element::template encode_finite<P>(x + i, scale, codes + i);
        }
    }
    each_vector(i, count, [&](int64_t at, auto n) {
        store_bytes(codes + at, code<Element, DIVIDES>(read<P>(x + at, n), splat(factor)), n);
    });
}

template <class P, class Element, bool DIVIDES>
void encode_row(const Matrix& m, const Rule& rule, int64_t row, Columns columns) {
    const auto* x = row_of<P>(m, row);
    uint8_t* codes = m.codes + row * m.cols;
    const float* factors = m.factors.data();
    // What comes next: the next band, or the next strip of this one.
    const int64_t width = columns.to - columns.from;
    const int64_t ahead = width < m.cols || rule.height == ALL ? width : rule.height * m.cols;
    each_run(columns, rule, [&](int64_t group, int64_t at, int64_t length) {
        encode_run<P, Element, DIVIDES>(x + at, length, factors[group], m.finite[group] != 0, ahead, codes + at);
    });
}

// Values of a stretch of codes under one scale.
template <class P, class Element>
RIDGEPOINT_INLINE void decode_run(const uint8_t* codes, int64_t count, float scale, typename P::Stored* y) {
    int64_t i = 0;
    if (Element::decodes_fast(scale)) {
        for (; i + BLOCK <= count && !Element::holds_nan(codes + i); i += BLOCK) {
            Element::template decode_finite<P>(codes + i, scale, y + i);
        }
    }
    each_vector(i, count, [&](int64_t at, auto n) {
        write<P>(y + at, Element::value(codes + at, n) * splat(scale), n);
    });
}

template <class P, class Element>
void decode_row(const Matrix& m, const Rule& rule, int64_t row, typename P::Stored* y) {
    const uint8_t* codes = m.codes + row * m.cols;
    const uint8_t* scales = m.scales + row / rule.rows(m) * rule.across(m) * 4;
    each_run({0, m.cols}, rule, [&](int64_t group, int64_t at, int64_t length) {
        decode_run<P, Element>(codes + at, length, get<float>(scales, group), y + at);
    });
}

template <class Element, const Rule& RULE>
struct Scaled {
    template <class P>
    static void encode(const Matrix& m) {
        const int64_t height = RULE.rows(m);
        const int64_t strip = RULE.strip(m, sizeof(typename P::Stored));
        for (int64_t top = 0; top < m.rows; top += height) {
            const int64_t bottom = top + height < m.rows ? top + height : m.rows;
            for (int64_t from = 0; from < m.cols; from += strip) {
                const Columns columns = {from, from + strip < m.cols ? from + strip : m.cols};
                find_peaks<P>(m, RULE, top, bottom, columns);
                set_scales(m, RULE, top, columns);
                for (int64_t row = top; row < bottom; row++) encode_row<P, Element, RULE.divides>(m, RULE, row, columns);
            }
        }
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        auto* y = static_cast<typename P::Stored*>(out);
        for (int64_t row = from; row < to; row++, y += m.cols) decode_row<P, Element>(m, RULE, row, y);
    }
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
