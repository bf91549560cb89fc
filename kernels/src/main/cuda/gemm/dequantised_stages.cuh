// Weights that are stored in fewer bits, as tensor cores take them: words of codes are read into registers while a stage is
// multiplied, and become eight bf16 each, a chunk of shared memory, behind it.
//
// A weight [products, n, k] says: `at(product)`, the weight of one product; `fetch(row, col)`, the word of eight codes that
// begins there, and `fetch_scale(row, col)`, what its group has; `decode(word, scale)`, eight values; `group`, columns of a
// group, a multiple of a stage's; `channels_in_word`, whether the eight are rows of one column or columns of one row;
// `rows_adjoin`, whether words of neighbouring rows lie side by side.
#pragma once

#include "gemm/mma_tile.cuh"

template <class Weight, int cols>
struct DequantisedStages {
    static constexpr int depth = kDepth<Bf16>;
    static constexpr int each = cols * depth / kEight / kMmaThreads;
    static constexpr bool transposed = Weight::channels_in_word;
    // Rows of k hold neighbouring channels where a word does.
    using Tile = SwizzledTile<Bf16, transposed ? cols : depth>;

    Weight weight;
    int64_t first;
    int64_t fetched_group;
    int missing;
    typename Weight::Word word[each];
    typename Weight::Scale scale[each];

    __device__ DequantisedStages(const Weight& weight, int64_t first) : weight(weight), first(first), fetched_group(-1) {}

    // Which line of the tile chunk i of this thread is in, and which of the line.
    __device__ static int2 place(int i) {
        constexpr int chunks = Tile::chunks, lines = transposed ? depth : cols;
        int index = threadIdx.x + i * kMmaThreads;
        return Weight::rows_adjoin ? int2{index % lines, index / lines} : int2{index / chunks, index % chunks};
    }

    __device__ void start(Bf16*, int64_t col, int64_t end) {
        bool fresh = col / Weight::group != fetched_group;
        fetched_group = col / Weight::group;
        missing = 0;
#pragma unroll
        for (int i = 0; i < each; i++) {
            int2 at = place(i);
            int64_t n = first + (transposed ? at.y * kEight : at.x);
            int64_t k = col + (transposed ? at.x : at.y * kEight);
            if (n < weight.n && k < end) {
                word[i] = weight.fetch(n, k);
            } else {
                missing |= 1 << i;
            }
            if (fresh && n < weight.n) {
                scale[i] = weight.fetch_scale(n, col);
            }
        }
    }

    __device__ void finish(Bf16* stage) const {
#pragma unroll
        for (int i = 0; i < each; i++) {
            uint4 chunk{};
            if ((missing >> i & 1) == 0) {
                Pack<float> values = Weight::decode(word[i], scale[i]);
                chunk = {pack_two<Bf16>(values.at[0], values.at[1]), pack_two<Bf16>(values.at[2], values.at[3]),
                         pack_two<Bf16>(values.at[4], values.at[5]), pack_two<Bf16>(values.at[6], values.at[7])};
            }
            int2 at = place(i);
            *reinterpret_cast<uint4*>(Tile{stage}.chunk(at.x, at.y)) = chunk;
        }
    }

    template <int tiles_n>
    __device__ static void load(Bf16* stage, int step, int row, FragmentB (&fragments)[tiles_n]) {
        if constexpr (transposed) {
            int lane = threadIdx.x % 32;
#pragma unroll
            for (int j = 0; j < tiles_n; j += 2) {
                uint32_t four[4];
                load_matrices_transposed(four, Tile{stage}.chunk(step * 16 + lane % 16, row / kEight + j + lane / 16));
                fragments[j] = {four[0], four[1]};
                fragments[j + 1] = {four[2], four[3]};
            }
        } else {
            load_rows(Tile{stage}, step, row, fragments);
        }
    }
};

// What a weight hands to gemm_mma.
template <class Weight>
struct Dequantised {
    Weight weight;

    template <int cols>
    using Stages = DequantisedStages<Weight, cols>;

    template <int cols>
    __device__ DequantisedStages<Weight, cols> stages(int64_t product, int64_t first) const {
        return {weight.at(product), first};
    }
};
