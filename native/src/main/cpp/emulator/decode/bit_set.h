// A set of small numbers, such as registers.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ridgepoint::emulator {

class BitSet {
  public:
    explicit BitSet(size_t size, bool full = false) : words_((size + 63) / 64, full ? ~0ull : 0) {}
    void set(size_t i) { words_[i / 64] |= 1ull << (i % 64); }
    void clear(size_t i) { words_[i / 64] &= ~(1ull << (i % 64)); }
    bool has(size_t i) const { return (words_[i / 64] >> (i % 64)) & 1; }
    bool operator==(const BitSet& other) const { return words_ == other.words_; }
    // this = this or (from and not except); whether anything changed.
    bool add(const BitSet& from, const BitSet* except = nullptr) {
        uint64_t changed = 0;
        for (size_t i = 0; i < words_.size(); i++) {
            const uint64_t merged = words_[i] | (except ? from.words_[i] & ~except->words_[i] : from.words_[i]);
            changed |= merged ^ words_[i];
            words_[i] = merged;
        }
        return changed != 0;
    }
    void keep(const BitSet& those) {
        for (size_t i = 0; i < words_.size(); i++) words_[i] &= those.words_[i];
    }
    template <class F>
    void each(F f) const {
        for (size_t i = 0; i < words_.size(); i++) {
            for (uint64_t rest = words_[i]; rest != 0; rest &= rest - 1) f(i * 64 + (size_t)__builtin_ctzll(rest));
        }
    }

  private:
    std::vector<uint64_t> words_;
};

}  // namespace ridgepoint::emulator
