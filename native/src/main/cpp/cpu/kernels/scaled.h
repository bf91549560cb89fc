// Eight-bit codes under one fp32 scale a group: what int8 and fp8 share.
#pragma once

#include <algorithm>
#include <new>

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

    constexpr int64_t group_of(int64_t column) const { return width == ALL ? 0 : (int64_t)((uint64_t)column / (uint64_t)width); }

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

// What each group has of some columns of a row: its index, the first column and their number.
template <class Body>
RIDGEPOINT_INLINE void each_run(Columns columns, const Rule& rule, Body body) {
    const int64_t width = rule.width == ALL ? columns.to : rule.width;
    for (int64_t at = columns.from, group = rule.group_of(at); at < columns.to; group++) {
        const int64_t end = std::min((group + 1) * width, columns.to);
        body(group, at, end - at);
        at = end;
    }
}

template <class Body>
RIDGEPOINT_INLINE void each_group(Columns columns, const Rule& rule, Body body) {
    if (columns.from >= columns.to) return;
    for (int64_t group = rule.group_of(columns.from); group <= rule.group_of(columns.to - 1); group++) body(group);
}

// Neither such a number nor its inverse, nor what either loses by rounding, leaves the normal numbers.
inline bool ordinary(float x) { return x >= 0x1p-64f && x <= 0x1p64f; }

// Brings a group's elements to the range of its codes.
template <bool DIVIDES>
struct Scaling {
    float factor;

    RIDGEPOINT_INLINE F operator()(F x) const { return DIVIDES ? x / splat(factor) : x * splat(factor); }
    RIDGEPOINT_INLINE F undo(F y) const { return DIVIDES ? y * splat(factor) : y / splat(factor); }

    // What an exponent more of the factor makes of the numbers that lead to one code, in exponents.
    static constexpr int32_t doublings(int32_t exponents) { return DIVIDES ? exponents : -exponents; }
};

// Makes the encoder of a scaling that is all an encoder knows.
template <class Encoder>
struct Made {
    template <class Scale>
    RIDGEPOINT_INLINE Encoder operator()(Scale scale) const {
        return Encoder(scale);
    }
};

// What is known of a group: its largest magnitude, and then how its elements are encoded.
template <class P, class Element, bool DIVIDES>
struct Group {
    typedef typename Element::template Encoder<P, Scaling<DIVIDES>> Encoder;

    Peak peak;
    Scaling<DIVIDES> scaling;
    Encoder encoder;
};

// Codes of whole blocks, while what lies at `next` is fetched. The encoder is a copy, which codes cannot overwrite.
template <class Encoder, class Stored>
RIDGEPOINT_INLINE void encode_blocks(const Encoder encode, const Stored* x, const Stored* next, int64_t count, uint8_t* codes) {
    for (int64_t i = 0; i < count; i += BLOCK) {
        for (size_t line = 0; line < BLOCK * sizeof *x; line += 64) {
            __builtin_prefetch(reinterpret_cast<const char*>(next + i) + line);
        }
        encode(x + i, codes + i);
    }
}

// Codes of any number of elements, whatever they are.
template <class P, class Element, class Scale>
RIDGEPOINT_INLINE void encode_any(Scale scale, const typename P::Stored* x, int64_t count, uint8_t* codes) {
    each_vector(0, count, [&](int64_t i, auto n) { store_bytes(codes + i, Element::code(scale(read<P>(x + i, n))), n); });
}

template <class P, class Element, const Rule& RULE>
class GroupEncoder {
  public:
    explicit GroupEncoder(const Matrix& m) : m_(m), groups_(reinterpret_cast<Groups*>(m.groups.data())) {
        static_assert(sizeof(Groups) <= GROUP_BYTES, "a matrix has room for its groups");
    }

    // Looks through the rows of the next piece while those of this one are encoded, each just after it was fetched.
    void run() {
        Piece piece = {0, std::min(RULE.rows(m_), m_.rows), {0, std::min(strip(), m_.cols)}};
        begin(piece);
        for (int64_t row = piece.top; row < piece.bottom; row++) look(row, piece.columns);
        while (piece.top < m_.rows) {
            const bool normal = set_scales(piece);
            const Piece next = after(piece);
            begin(next);
            int64_t ahead = next.top;
            for (int64_t row = piece.top; row < piece.bottom; row++, ahead++) {
                encode_row(row, piece.columns, normal);
                if (ahead < next.bottom) look(ahead, next.columns);
            }
            piece = next;
        }
    }

  private:
    typedef typename P::Stored Stored;
    typedef Group<P, Element, RULE.divides> Groups;

    // Whole groups that are looked through and encoded together.
    struct Piece {
        int64_t top;
        int64_t bottom;
        Columns columns;
    };

    int64_t strip() const { return RULE.strip(m_, sizeof(Stored)); }

    // The next strip of the same band, which has no more rows, or the first of the next band; at the end there is none.
    Piece after(const Piece& piece) const {
        const int64_t to = piece.columns.to;
        if (to < m_.cols) return {piece.top, piece.bottom, {to, std::min(to + strip(), m_.cols)}};
        return {piece.bottom, std::min(piece.bottom + RULE.rows(m_), m_.rows), {0, std::min(strip(), m_.cols)}};
    }

    void begin(const Piece& piece) const {
        if (RULE.height == 1) return;
        each_group(piece.columns, RULE, [&](int64_t g) { groups_[g].peak = {0, true}; });
    }

    void look(int64_t row, Columns columns) const {
        const Stored* x = row_of<P>(m_, row);
        each_run(columns, RULE, [&](int64_t g, int64_t at, int64_t length) {
            // Of a whole group the compiler knows the length, and spares its loops' ends.
            const Peak peak = length == RULE.width ? peak_of<P>(x + at, RULE.width) : peak_of<P>(x + at, length);
            if (RULE.height == 1) {
                groups_[g].peak = peak;
            } else {
                groups_[g].peak.include(peak);
            }
        });
    }

    // Puts the scales of a piece in their place, prepares its groups' encoders, and says whether all can be used: where all
    // is finite and factors are ordinary, scaled elements fit the codes' range but for rounding.
    bool set_scales(const Piece& piece) {
        uint8_t* scales = m_.scales + piece.top / RULE.rows(m_) * RULE.across(m_) * 4;
        bool all = true;
        each_group(piece.columns, RULE, [&](int64_t g) {
            Groups& group = groups_[g];
            const float scale = RULE.scale(group.peak.magnitude);
            put(scales, g, scale);
            group.scaling = {RULE.factor(group.peak.magnitude, scale)};
            all = all && group.peak.finite && ordinary(scale) && ordinary(group.scaling.factor);
            if (all) new (&group.encoder) auto(encoders_(group.scaling));
        });
        return all;
    }

    void encode_row(int64_t row, Columns columns, bool normal) const {
        const Stored* x = row_of<P>(m_, row);
        uint8_t* const codes = m_.codes + row * m_.cols;
        const int64_t whole = normal ? columns.from + (columns.to - columns.from) / BLOCK * BLOCK : columns.from;
        // What comes next: the next band, or the next strip of this one.
        const int64_t width = columns.to - columns.from;
        const Stored* next = x + (width < m_.cols || RULE.height == ALL ? width : RULE.height * m_.cols);
        each_run({columns.from, whole}, RULE, [&](int64_t g, int64_t from, int64_t length) {
            encode_blocks(groups_[g].encoder, x + from, next + from, length, codes + from);
        });
        each_run({whole, columns.to}, RULE, [&](int64_t g, int64_t from, int64_t length) {
            encode_any<P, Element>(groups_[g].scaling, x + from, length, codes + from);
        });
    }

    const Matrix& m_;
    Groups* const groups_;
    typename Groups::Encoder::Maker encoders_;
};

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
        GroupEncoder<P, Element, RULE>(m).run();
    }

    template <class P>
    static void decode(const Matrix& m, int64_t from, int64_t to, void* out) {
        auto* y = static_cast<typename P::Stored*>(out);
        for (int64_t row = from; row < to; row++, y += m.cols) decode_row<P, Element>(m, RULE, row, y);
    }
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
