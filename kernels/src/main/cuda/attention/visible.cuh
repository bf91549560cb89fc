// Which keys a query sees: a stretch [begin, end), and under a token tree some of the last ones.
#pragma once

#include <cstdint>

// As the catalogue row passes it.
enum class Mask : int { full, causal, sliding, local, tree };

struct Visible {
    int begin, end;
    // Keys from here on are nodes of the tree, of which the query sees those whose bit is set.
    int tree_from;
    uint64_t path;

    __device__ bool sees(int key) const {
        return key >= begin && key < end && (key < tree_from || (path >> (key - tree_from) & 1));
    }

    // Whether all of [first, last) are seen.
    __device__ bool sees_all(int first, int last) const { return first >= begin && last <= min(end, tree_from); }
};

// Queries are the last positions of the keys: where there are more queries than keys, the first stand before all keys, and
// under a mask that looks back they see none. A tree has at most 64 nodes; parents[i] < i, -1 at the root. Windows and
// lengths may be as long as an int counts.
__device__ inline Visible visible(Mask mask, int window, const int* parents, int query, int queries, int keys) {
    int position = keys - queries + query;
    switch (mask) {
        case Mask::full:
            return {0, keys, keys, 0};
        case Mask::causal:
            return {0, position + 1, keys, 0};
        case Mask::sliding:
            return {position < window ? 0 : position - window + 1, position + 1, keys, 0};
        case Mask::local:
            return {max(0, position - window / 2), window / 2 < keys - position ? position + window / 2 + 1 : keys, keys, 0};
        default: {
            uint64_t path = 0;
            for (int node = query; node >= 0; node = parents[node]) {
                path |= uint64_t{1} << node;
            }
            return {0, keys, keys - queries, path};
        }
    }
}
