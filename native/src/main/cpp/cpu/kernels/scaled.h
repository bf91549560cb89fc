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

// Of groups of one row: so many rows, within so many bytes that the first cache holds, that scales are made of several
// groups at a time, and that what they wait for is far enough away from those that wait for them.
constexpr int64_t ROWS_BYTES = 1 << 14;

// Which elements form a group, and what becomes of its largest magnitude, eight groups at a time.
struct Rule {
    int64_t height;
    int64_t width;
    F (*scale)(F abs_max);
    F (*factor)(F abs_max, F scale);
    // Whether elements are divided by the factor or multiplied.
    bool divides;

    int64_t rows(const Matrix& m) const { return height == ALL ? m.rows : height; }
    int64_t across(const Matrix& m) const { return width == ALL ? 1 : groups_of(m.cols, width); }

    constexpr int64_t group_of(int64_t column) const { return width == ALL ? 0 : (int64_t)((uint64_t)column / (uint64_t)width); }

    // Rows that are dealt with at a time: one group, or several of one row.
    int64_t rows_at_a_time(const Matrix& m, int64_t bytes) const {
        if (height != 1) return rows(m);
        return std::max<int64_t>(1, std::min(GROUPED_ROWS, ROWS_BYTES / (m.cols * bytes + 1)));
    }

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

// Neither such a number nor its inverse, nor what either loses by rounding, leaves the normal numbers.
RIDGEPOINT_INLINE I ordinary(F x) { return (x >= splat(0x1p-64f)) & (x <= splat(0x1p64f)); }

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

// Elements that are encoded together: if one of them needs care, all are encoded anew.
constexpr int64_t STRETCH = 128;

// Codes of whole blocks, while what lies at `next` is fetched. The encoder is a copy, which codes cannot overwrite.
template <class Encoder, class Stored>
RIDGEPOINT_INLINE void encode_blocks(const Encoder encode, const Stored* x, const Stored* next, int64_t count, uint8_t* codes) {
    auto attempt = encode.attempt();
    for (int64_t i = 0; i < count; i += BLOCK) {
        for (size_t line = 0; line < BLOCK * sizeof *x; line += 64) {
            __builtin_prefetch(reinterpret_cast<const char*>(next + i) + line);
        }
        attempt.encode(x + i, codes + i);
    }
    if (!attempt.right()) encode.carefully(x, count, codes);
}

// Codes of any number of elements, whatever they are.
template <class P, class Element, class Scale>
RIDGEPOINT_INLINE void encode_any(Scale scale, const typename P::Stored* x, int64_t count, uint8_t* codes) {
    each_vector(0, count, [&](int64_t i, auto n) { store_bytes(codes + i, Element::code(scale(read<P>(x + i, n))), n); });
}

template <class P, class Element, const Rule& RULE>
class GroupEncoder {
  public:
    explicit GroupEncoder(const Matrix& m)
        : m_(m),
          rows_(RULE.rows_at_a_time(m, sizeof(Stored))),
          strip_(RULE.strip(m, sizeof(Stored))),
          peaks_(reinterpret_cast<uint8_t*>(m.peaks.data())),
          factors_(m.factors.data()),
          encoder_of_(reinterpret_cast<Encoder*>(m.groups.data())) {
        static_assert(sizeof(Encoder) <= GROUP_BYTES, "a matrix has room for its groups' encoders");
    }

    // Looks through the rows of the next piece while those of this one are encoded, each just after it was fetched.
    void run() {
        if (m_.cols == 0) return;
        Piece piece = piece_at(0, 0);
        begin(piece);
        bool finite = true;
        for (int64_t row = piece.top; row < piece.bottom; row++) finite &= look(piece, row);
        while (piece.top < m_.rows) {
            const bool normal = set_scales(piece) && finite;
            if (normal) set_encoders(piece);
            const Piece next = piece.columns.to < m_.cols ? piece_at(piece.top, piece.columns.to) : piece_at(piece.bottom, 0);
            begin(next);
            finite = true;
            int64_t ahead = next.top;
            for (int64_t row = piece.top; row < piece.bottom; row++, ahead++) {
                encode_row(piece, row, normal);
                if (ahead < next.bottom) finite &= look(next, ahead);
            }
            piece = next;
        }
    }

  private:
    typedef typename P::Stored Stored;
    typedef Scaling<RULE.divides> Scale;
    typedef typename Element::template Encoder<P, Scale> Encoder;

    // Whole groups that are looked through and encoded together. What is known of them is kept in the order of their scales.
    struct Piece {
        int64_t top;
        int64_t bottom;
        Columns columns;
        // The first group's index in its row of groups, and their number in one.
        int64_t first;
        int64_t across;

        int64_t groups() const { return RULE.height == 1 ? (bottom - top) * across : across; }

        // Where what is known of a row's group of index 0 would be.
        int64_t row_of_groups(int64_t row) const { return (RULE.height == 1 ? (row - top) * across : 0) - first; }
    };

    // At the end of the matrix, a piece without rows.
    Piece piece_at(int64_t top, int64_t from) const {
        const Columns columns = {from, std::min(from + strip_, m_.cols)};
        const int64_t first = RULE.group_of(columns.from);
        return {top, std::min(top + rows_, m_.rows), columns, first, RULE.group_of(columns.to - 1) + 1 - first};
    }

    void begin(const Piece& piece) const {
        if (RULE.height == 1) return;
        for (int64_t i = 0; i < piece.groups(); i++) put(peaks_, i, 0.0f);
    }

    // Says whether all is finite.
    bool look(const Piece& piece, int64_t row) const {
        const Stored* x = row_of<P>(m_, row);
        const int64_t groups = piece.row_of_groups(row);
        bool finite = true;
        each_run(piece.columns, RULE, [&](int64_t g, int64_t at, int64_t length) {
            // Of a whole group the compiler knows the length, and spares its loops' ends.
            const Peak peak = length == RULE.width ? peak_of<P>(x + at, RULE.width) : peak_of<P>(x + at, length);
            const int64_t i = groups + g;
            put(peaks_, i, RULE.height == 1 ? peak.magnitude : std::max(peak.magnitude, get<float>(peaks_, i)));
            finite &= peak.finite;
        });
        return finite;
    }

    // Puts the scales of a piece in their place, keeps its factors, and says whether all are ordinary.
    bool set_scales(const Piece& piece) const {
        const int64_t count = piece.groups();
        // What fills up the last vector is as ordinary as the last group.
        store(peaks_ + count * 4, splat(get<float>(peaks_, count - 1)));
        float* const scales = reinterpret_cast<float*>(m_.scales) + piece.top / RULE.rows(m_) * RULE.across(m_) + piece.first;
        I all = splat(-1);
        each_vector(0, count, [&](int64_t i, auto n) {
            const F peak = load<F>(peaks_ + i * 4);
            const F scale = RULE.scale(peak);
            const F factor = RULE.factor(peak, scale);
            write<Fp32>(scales + i, scale, n);
            store(factors_ + i, factor);
            all &= ordinary(scale) & ordinary(factor);
        });
        return !any(~all);
    }

    // Where all is finite and factors are ordinary, scaled elements fit the codes' range but for rounding.
    void set_encoders(const Piece& piece) {
        for (int64_t i = 0; i < piece.groups(); i++) new (&encoder_of_[i]) auto(encoders_(Scale{factors_[i]}));
    }

    void encode_row(const Piece& piece, int64_t row, bool normal) const {
        const Columns columns = piece.columns;
        const Stored* x = row_of<P>(m_, row);
        uint8_t* const codes = m_.codes + row * m_.cols;
        const int64_t groups = piece.row_of_groups(row);
        const int64_t whole = normal ? columns.from + (columns.to - columns.from) / BLOCK * BLOCK : columns.from;
        // What comes next: the next rows, or the next strip of these.
        const int64_t width = columns.to - columns.from;
        const Stored* next = x + (width < m_.cols || RULE.height == ALL ? width : rows_ * m_.cols);
        each_run({columns.from, whole}, RULE, [&](int64_t g, int64_t from, int64_t length) {
            const Encoder& encoder = encoder_of_[groups + g];
            for (; length >= STRETCH; from += STRETCH, length -= STRETCH) {
                encode_blocks(encoder, x + from, next + from, STRETCH, codes + from);
            }
            if (length > 0) encode_blocks(encoder, x + from, next + from, length, codes + from);
        });
        each_run({whole, columns.to}, RULE, [&](int64_t g, int64_t from, int64_t length) {
            encode_any<P, Element>(Scale{factors_[groups + g]}, x + from, length, codes + from);
        });
    }

    const Matrix& m_;
    const int64_t rows_;
    const int64_t strip_;
    // Of each group of a piece.
    uint8_t* const peaks_;
    float* const factors_;
    Encoder* const encoder_of_;
    typename Encoder::Maker encoders_;
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
