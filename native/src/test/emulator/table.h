// A small floating-point format as the table of all its values: rounding is a search for the nearest.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace testing {

class Table {
  public:
    // With infinities the largest exponent is theirs and NaN's; without, only the last code is NaN.
    Table(unsigned exponent_bits, unsigned mantissa_bits, bool infinities) : sign_(1u << (exponent_bits + mantissa_bits)), infinities_(infinities) {
        const int bias = (1 << (exponent_bits - 1)) - 1;
        const unsigned codes = infinities ? ((1u << exponent_bits) - 1) << mantissa_bits : sign_ - 1;
        for (unsigned code = 0; code <= codes; code++) {
            const int exponent = (int)(code >> mantissa_bits);
            const double fraction = (double)(code & ((1u << mantissa_bits) - 1)) / (double)(1u << mantissa_bits);
            values_.push_back(exponent == 0 ? std::ldexp(fraction, 1 - bias) : std::ldexp(1 + fraction, exponent - bias));
        }
        // One step beyond the largest, from half of which on infinity is nearer.
        beyond_ = values_.back();
        values_.pop_back();
    }

    unsigned count() const { return 2 * sign_; }
    unsigned sign() const { return sign_; }
    unsigned largest() const { return (unsigned)values_.size() - 1; }
    unsigned nan() const { return sign_ - 1; }
    bool is_nan(unsigned code) const { return (code & (sign_ - 1)) > values_.size() - (infinities_ ? 0 : 1); }

    double value(unsigned code) const {
        const unsigned magnitude = code & (sign_ - 1);
        const double v = magnitude < values_.size() ? values_[magnitude] : is_nan(code) ? NAN : INFINITY;
        return code & sign_ ? -v : v;
    }

    // The code nearest to an exact number, ties to the even one; `saturates` keeps it finite.
    template <class Exact>
    unsigned nearest(Exact exact, bool negative, bool saturates = false) const {
        if (exact != exact) return nan();
        const Exact magnitude = exact < 0 ? -exact : exact;
        const unsigned sign = exact < 0 || negative ? sign_ : 0;
        const size_t above = (size_t)(std::lower_bound(values_.begin(), values_.end(), magnitude, [](double v, Exact m) { return (Exact)v < m; }) - values_.begin());
        if (above == 0) return sign;
        const Exact low = (Exact)values_[above - 1], high = (Exact)(above < values_.size() ? values_[above] : beyond_);
        const Exact middle = (low + high) / 2;
        const bool up = magnitude > middle || (magnitude == middle && above % 2 == 0);
        const size_t code = up ? above : above - 1;
        return sign | (unsigned)(saturates ? std::min<size_t>(code, largest()) : code);
    }

    // The numbers at which rounding changes its mind: every value, every middle, and the floats beside them.
    std::vector<float> crossroads() const {
        std::vector<float> numbers;
        for (size_t i = 0; i < values_.size(); i++) {
            const double next = i + 1 < values_.size() ? values_[i + 1] : beyond_;
            for (const double number : {values_[i], (values_[i] + next) / 2}) {
                const float middle = (float)number;
                for (const float f : {std::nextafter(middle, -INFINITY), middle, std::nextafter(middle, INFINITY)}) {
                    numbers.push_back(f);
                    numbers.push_back(-f);
                }
            }
        }
        for (const float f : {(float)beyond_, (float)beyond_ * 2, 3e38f, 1e-45f, INFINITY}) {
            numbers.push_back(f);
            numbers.push_back(-f);
        }
        numbers.push_back(NAN);
        return numbers;
    }

  private:
    unsigned sign_;
    bool infinities_;
    double beyond_;
    std::vector<double> values_;
};

inline const Table& f16_table() { static const Table table(5, 10, true); return table; }
inline const Table& bf16_table() { static const Table table(8, 7, true); return table; }
inline const Table& e5m2_table() { static const Table table(5, 2, true); return table; }
inline const Table& e4m3_table() { static const Table table(4, 3, false); return table; }

}  // namespace testing
