// Which keys a query may see: dev.ridgepoint.kernels.shape.Mask.
#pragma once

#include <algorithm>
#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace ridgepoint::RIDGEPOINT_ISA {

struct KeyRange {
    int64_t from;
    int64_t to;
};

// Queries are the last seq_q positions of seq_kv keys.
class Visibility {
  public:
    Visibility(const std::string& mask, int64_t window, const int32_t* tree_parents, int64_t longest_q)
        : kind_(named(mask)), window_(window), parents_(tree_parents), nodes_(longest_q) {
        if (kind_ == Kind::TREE) ancestors_.resize((size_t)(nodes_ * nodes_));
    }

    // Reads the token tree, which is data and may change between runs.
    void refresh() {
        if (kind_ != Kind::TREE) return;
        std::fill(ancestors_.begin(), ancestors_.end(), (char)0);
        for (int64_t node = 0; node < nodes_; node++) {
            for (int64_t at = node; at >= 0; at = parents_[at]) ancestors_[(size_t)(node * nodes_ + at)] = 1;
        }
    }

    // Keys outside this range are hidden from query `row`.
    KeyRange range(int64_t row, int64_t seq_q, int64_t seq_kv) const {
        const int64_t position = seq_kv - seq_q + row;
        switch (kind_) {
            case Kind::FULL:
                return {0, seq_kv};
            case Kind::SLIDING:
                return {std::max<int64_t>(0, position - window_ + 1), position + 1};
            case Kind::LOCAL:
                return {std::max<int64_t>(0, position - window_ / 2), std::min(seq_kv, position + window_ / 2 + 1)};
            case Kind::CAUSAL:
            case Kind::TREE:
                break;
        }
        return {0, position + 1};
    }

    // Whether a key inside the range may be hidden all the same.
    bool has_holes() const { return kind_ == Kind::TREE; }

    bool sees(int64_t row, int64_t key, int64_t seq_q, int64_t seq_kv) const {
        const int64_t node = key - (seq_kv - seq_q);
        return node < 0 || ancestors_[(size_t)(row * nodes_ + node)] != 0;
    }

  private:
    enum class Kind { FULL, CAUSAL, SLIDING, LOCAL, TREE };

    static Kind named(const std::string& mask) {
        if (mask == "full") return Kind::FULL;
        if (mask == "causal") return Kind::CAUSAL;
        if (mask == "sliding") return Kind::SLIDING;
        if (mask == "local") return Kind::LOCAL;
        if (mask == "tree") return Kind::TREE;
        throw std::invalid_argument("no native attention under a mask " + mask);
    }

    Kind kind_;
    int64_t window_;
    const int32_t* parents_;
    int64_t nodes_;
    std::vector<char> ancestors_;
};

}  // namespace ridgepoint::RIDGEPOINT_ISA
