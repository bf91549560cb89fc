// Softmax attention in one pass over the keys, on tensor cores: scores of a tile of keys, exponentials against the largest
// score so far, products with the values, sums rescaled when the largest score grows (FlashAttention-2's recipe).
//
// A block of four warps takes kQueryRows rows of one key/value head; a row is a query and one of the query heads that share
// the head, so that keys are read once for all of them. Keys come by cp.async in two stages. q [tokens, heads, key dim],
// k [tokens, kv heads, key dim], v [tokens, kv heads, value dim], o [tokens, heads, value dim]; both are multiples of 8 and
// at most the `dim` that is computed with, what is missing being zeros.
//
// Grid: tiles of rows in x, last first (under a causal mask they are the longest); key/value heads times shares of the keys
// in y; sequences in z. With more than one share the block leaves unscaled sums, the largest score and the denominator of
// each row, which merge_shares puts together.
//
// Where queries and keys are turned by their positions, a block does that in shared memory, to its queries once and to each
// tile of keys as it comes. Keys turn again for every tile of rows: what is saved is writing them and reading them back.
#pragma once

#include "attention/sequence.cuh"
#include "attention/shape.cuh"
#include "attention/shares.cuh"
#include "attention/softmax.cuh"
#include "attention/turned.cuh"
#include "common/mma.cuh"

constexpr int kQueryRows = 64;
constexpr int kFlashThreads = 128;

// Elements of a key and of a value in memory.
struct HeadDims {
    int key, value;
};

template <class T, int dim>
struct Flash {
    // Shared memory holds two stages of keys and values beside the queries, within 99 KB.
    static constexpr int key_rows = dim > 128 ? 32 : 64;
    static constexpr int score_tiles = key_rows / 8, out_tiles = dim / 8, depth = dim / 16;
    static constexpr int chunks = dim / kEight;
    using Tile = SwizzledTile<T, dim>;

    T* shared;
    const AttentionShape& shape;
    HeadDims dims;
    Sequence sequence;
    int kv_head, group;
    // The thread's two rows, eight apart; rows beyond the last see no key.
    int row[2];
    Visible sight[2];
    RunningSoftmax<T> softmax;
    FragmentC out[out_tiles];

    __device__ Tile queries() const { return {shared}; }
    __device__ Tile keys(int stage) const { return {shared + (kQueryRows + 2 * stage * key_rows) * dim}; }
    __device__ Tile values(int stage) const { return {shared + (kQueryRows + (2 * stage + 1) * key_rows) * dim}; }

    __device__ int rows() const { return sequence.queries * group; }
    // The row of q and o that a row of ours is.
    __device__ int64_t token_head(int r) const {
        return (int64_t{sequence.first_query} + r / group) * shape.heads + kv_head * group + r % group;
    }

    __device__ Flash(T* shared, const AttentionShape& shape, HeadDims dims, const Batch& batch, int first_row)
        : shared(shared), shape(shape), dims(dims), sequence(batch, blockIdx.z) {
        kv_head = blockIdx.y / shape.shares;
        group = shape.heads / shape.kv_heads;
        int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
#pragma unroll
        for (int i = 0; i < 2; i++) {
            row[i] = first_row + warp * 16 + lane / 4 + i * 8;
            sight[i] = row[i] < rows() ? seen_by(row[i]) : Visible{0, 0, 0, 0};
        }
#pragma unroll
        for (int j = 0; j < out_tiles; j++) {
            out[j] = {};
        }
    }

    __device__ Visible seen_by(int r) const {
        return visible(shape.mask, shape.window, shape.tree_parents, r / group, sequence.queries, sequence.keys);
    }

    __device__ void copy_queries(const T* q, int first_row) {
        for (int i = threadIdx.x; i < kQueryRows * chunks; i += kFlashThreads) {
            int r = first_row + i / chunks, d = i % chunks * kEight;
            bool there = r < rows() && d < dims.key;
            copy_async(queries().chunk(i / chunks, i % chunks), there ? q + token_head(r) * dims.key + d : q,
                       there ? 16 : 0);
        }
    }

    // Starts copying the keys and values of a tile; those from `end` on are zeros.
    __device__ void copy_tile(int stage, const T* k, const T* v, int first, int end) {
        if (first < end) {
            for (int i = threadIdx.x; i < key_rows * chunks; i += kFlashThreads) {
                int key = first + i / chunks, d = i % chunks * kEight;
                bool there = key < sequence.keys;
                int64_t at = there ? sequence.slot(key) * shape.kv_heads + kv_head : int64_t{0};
                bool in_key = there && d < dims.key, in_value = there && d < dims.value;
                copy_async(keys(stage).chunk(i / chunks, i % chunks), in_key ? k + at * dims.key + d : k,
                           in_key ? 16 : 0);
                copy_async(values(stage).chunk(i / chunks, i % chunks), in_value ? v + at * dims.value + d : v,
                           in_value ? 16 : 0);
            }
        }
        commit_copies();
    }

    // Scores of the warp's 16 rows against a tile of keys, not yet scaled.
    __device__ void score(int stage, FragmentC (&scores)[score_tiles]) {
        int lane = threadIdx.x % 32, warp = threadIdx.x / 32;
#pragma unroll
        for (int j = 0; j < score_tiles; j++) {
            scores[j] = {};
        }
#pragma unroll
        for (int step = 0; step < depth; step++) {
            FragmentA a;
            load_matrices(a.at, queries().chunk(warp * 16 + lane % 16, step * 2 + lane / 16));
#pragma unroll
            for (int j = 0; j < score_tiles; j += 2) {
                uint32_t four[4];
                load_matrices(four, keys(stage).chunk(j * 8 + lane / 16 * 8 + lane % 8, step * 2 + lane / 8 % 2));
                multiply_add<T>(scores[j], a, {four[0], four[1]});
                multiply_add<T>(scores[j + 1], a, {four[2], four[3]});
            }
        }
    }

    // Adds exponentials times values; fragments of scores are fragments of a left operand as they are.
    __device__ void add_values(int stage, const FragmentC (&scores)[score_tiles]) {
        int lane = threadIdx.x % 32;
#pragma unroll
        for (int step = 0; step < key_rows / 16; step++) {
            const FragmentC &left = scores[2 * step], &right = scores[2 * step + 1];
            FragmentA a{pack_two<T>(left.at[0], left.at[1]), pack_two<T>(left.at[2], left.at[3]),
                        pack_two<T>(right.at[0], right.at[1]), pack_two<T>(right.at[2], right.at[3])};
#pragma unroll
            for (int j = 0; j < out_tiles; j += 2) {
                uint32_t four[4];
                load_matrices_transposed(four, values(stage).chunk(step * 16 + lane % 16, j + lane / 16));
                multiply_add<T>(out[j], a, {four[0], four[1]});
                multiply_add<T>(out[j + 1], a, {four[2], four[3]});
            }
        }
    }

    // Turns the keys of a tile, and once the queries.
    template <class Turn>
    __device__ void turn(const Turn& rope, int stage, int first_row, int first, bool with_queries) {
        if (with_queries) {
            rope.template turn_rows<kFlashThreads>(queries(), kQueryRows, sequence, [&](int r) {
                return first_row + r < rows() ? sequence.keys - sequence.queries + (first_row + r) / group : -1;
            });
        }
        rope.template turn_rows<kFlashThreads>(keys(stage), key_rows, sequence, [&](int r) {
            return first + r < sequence.keys ? first + r : -1;
        });
        __syncthreads();
    }

    template <class Turn>
    __device__ void attend(const T* q, const T* k, const T* v, const Turn& rope, int first_row, int begin, int end) {
        copy_queries(q, first_row);
        copy_tile(0, k, v, begin, end);
        int stage = 0;
        for (int first = begin; first < end; first += key_rows) {
            wait_copies<0>();
            // Behind this barrier everyone sees the tile, and nobody reads the one that is filled next.
            __syncthreads();
            copy_tile(1 - stage, k, v, first + key_rows, end);
            if constexpr (Turn::turns) {
                turn(rope, stage, first_row, first, first == begin);
            }
            FragmentC scores[score_tiles];
            score(stage, scores);
            hide(sight, first, scores);
            softmax.exponentiate(scores, shape.scale, out);
            add_values(stage, scores);
            stage = 1 - stage;
        }
        wait_copies<0>();
        softmax.finish();
    }

    // o, and where asked for the logarithm of the denominator, [tokens, heads].
    __device__ void store(T* o, float* lse) {
        int lane = threadIdx.x % 32;
#pragma unroll
        for (int i = 0; i < 2; i++) {
            if (row[i] >= rows()) {
                continue;
            }
            int64_t at = token_head(row[i]);
            float inverse = softmax.denominator[i] == 0 ? 0 : 1 / softmax.denominator[i];
#pragma unroll
            for (int j = 0; j < out_tiles; j++) {
                if (j * 8 < dims.value) {
                    *reinterpret_cast<uint32_t*>(o + at * dims.value + j * 8 + lane % 4 * 2) =
                        pack_two<T>(out[j].at[2 * i] * inverse, out[j].at[2 * i + 1] * inverse);
                }
            }
            if (lse && lane % 4 == 0) {
                lse[at] = natural_lse<T>(softmax.largest[i], softmax.denominator[i]);
            }
        }
    }

    __device__ void store_share(const SharePartials& partials, int share) {
        int lane = threadIdx.x % 32;
#pragma unroll
        for (int i = 0; i < 2; i++) {
            if (row[i] >= rows()) {
                continue;
            }
            int64_t at = share * partials.rows + token_head(row[i]);
#pragma unroll
            for (int j = 0; j < out_tiles; j++) {
                if (j * 8 < dims.value) {
                    *reinterpret_cast<float2*>(partials.sums + at * dims.value + j * 8 + lane % 4 * 2) = {
                        out[j].at[2 * i], out[j].at[2 * i + 1]};
                }
            }
            if (lane % 4 == 0) {
                partials.largest[at] = softmax.largest[i];
                partials.denominators[at] = softmax.denominator[i];
            }
        }
    }
};

template <class T, int dim, class Turn = AsTheyAre>
__device__ void flash_attention(const T* __restrict__ q, const T* __restrict__ k, const T* __restrict__ v,
                                T* __restrict__ o, float* __restrict__ lse, const Batch& batch,
                                const AttentionShape& shape, HeadDims dims, const SharePartials& partials,
                                const Turn& rope = {}) {
    extern __shared__ __align__(16) uint8_t memory[];
    int first_row = (gridDim.x - 1 - blockIdx.x) * kQueryRows;
    Flash<T, dim> flash(reinterpret_cast<T*>(memory), shape, dims, batch, first_row);
    int last_row = min(first_row + kQueryRows, flash.rows()) - 1;
    if (last_row < first_row) {
        return;
    }
    int share = blockIdx.y % shape.shares;
    // Sight only moves on with rows, so the first and the last row bound what any of them sees.
    Stretch keys = share_of(flash.seen_by(first_row).begin, flash.seen_by(last_row).end, Flash<T, dim>::key_rows, share,
                            shape.shares);
    flash.attend(q, k, v, rope, first_row, keys.from, keys.to);
    if (shape.shares == 1) {
        flash.store(o, lse);
    } else {
        flash.store_share(partials, share);
    }
}
