// Softmax attention to latent keys (MLA with its projections absorbed): 576 dimensions a key, whose first 512 are also the
// value, one such row for all query heads. Keys are read once, into shared memory, and serve both products.
//
// A row is a query and one of the heads. Four warps take sixteen rows; a block has one or two such groups, which share the
// keys. Within a group the warps divide the dimensions: each adds up its part of the scores (its queries stay in
// registers), all add up all parts, and each takes its part of the values. q [tokens, heads, 576], k [tokens, kv heads, 576],
// o [tokens, heads, 512].
//
// Grid: tiles of rows in x; key/value heads times shares of the keys in y; sequences in z. Shares are put together by
// merge_shares.
#pragma once

#include "attention/sequence.cuh"
#include "attention/shape.cuh"
#include "attention/shares.cuh"
#include "attention/softmax.cuh"
#include "common/mma.cuh"

constexpr int kLatentDim = 576, kLatentValues = 512;
constexpr int kLatentRows = 16, kLatentWarps = 4, kLatentKeys = 32;

// Dynamic shared memory, as the catalogue row asks for it: two stages of keys, then the parts of each group's scores.
template <class T>
struct LatentShared {
    static constexpr int stage = kLatentKeys * kLatentDim;
    T* keys;

    __device__ SwizzledTile<T, kLatentDim> tile(int which) const { return {keys + which * stage}; }
    __device__ float* parts(int group) const {
        return reinterpret_cast<float*>(keys + 2 * stage) + group * kLatentWarps * kLatentRows * kLatentKeys;
    }
};

template <class T>
struct Latent {
    static constexpr int score_tiles = kLatentKeys / 8, out_tiles = kLatentValues / kLatentWarps / 8;
    static constexpr int depth = kLatentDim / kLatentWarps / 16, chunks = kLatentDim / kEight;

    LatentShared<T> shared;
    const AttentionShape& shape;
    Sequence sequence;
    int kv_head, heads;
    // Of the block's groups of rows, and of the group's warps.
    int group, warp, lane;
    // The thread's two rows, eight apart; rows beyond the last see no key.
    int row[2];
    Visible sight[2];
    RunningSoftmax<T> softmax;
    FragmentA q[depth];
    FragmentC out[out_tiles];

    __device__ int rows() const { return sequence.queries * heads; }
    // The row of q and o that a row of ours is.
    __device__ int64_t token_head(int r) const {
        return (int64_t{sequence.first_query} + r / heads) * shape.heads + kv_head * heads + r % heads;
    }
    __device__ Visible seen_by(int r) const {
        return visible(shape.mask, shape.window, shape.tree_parents, r / heads, sequence.queries, sequence.keys);
    }

    __device__ Latent(T* memory, const AttentionShape& shape, const Batch& batch)
        : shared{memory}, shape(shape), sequence(batch, blockIdx.z) {
        kv_head = blockIdx.y / shape.shares;
        heads = shape.heads / shape.kv_heads;
        lane = threadIdx.x % 32;
        warp = threadIdx.x / 32 % kLatentWarps;
        group = threadIdx.x / 32 / kLatentWarps;
    }

    __device__ void begin(const T* queries, int first_row) {
#pragma unroll
        for (int i = 0; i < 2; i++) {
            row[i] = first_row + group * kLatentRows + lane / 4 + i * 8;
            bool there = row[i] < rows();
            sight[i] = there ? seen_by(row[i]) : Visible{0, 0, 0, 0};
            const T* mine = queries + (there ? token_head(row[i]) * kLatentDim : 0) + warp * depth * 16 + lane % 4 * 2;
#pragma unroll
            for (int step = 0; step < depth; step++) {
#pragma unroll
                for (int half = 0; half < 2; half++) {
                    uint32_t two = *reinterpret_cast<const uint32_t*>(mine + step * 16 + half * 8);
                    q[step].at[half * 2 + i] = there ? two : 0;
                }
            }
        }
#pragma unroll
        for (int j = 0; j < out_tiles; j++) {
            out[j] = {};
        }
    }

    // Starts copying the tile of keys at `first`, if it is before `end`; keys that are not there are zeros.
    __device__ void copy_tile(int stage, const T* k, int first, int end) {
        if (first < end) {
            for (int i = threadIdx.x; i < kLatentKeys * chunks; i += blockDim.x) {
                int key = first + i / chunks;
                bool there = key < sequence.keys;
                int64_t at = there ? (sequence.slot(key) * shape.kv_heads + kv_head) * kLatentDim + i % chunks * kEight
                                   : int64_t{0};
                copy_async(shared.tile(stage).chunk(i / chunks, i % chunks), k + at, there ? 16 : 0);
            }
        }
        commit_copies();
    }

    // What the warp's dimensions add to the scores of the group's rows.
    __device__ void part_of_scores(int stage, FragmentC (&scores)[score_tiles]) const {
#pragma unroll
        for (int j = 0; j < score_tiles; j++) {
            scores[j] = {};
        }
#pragma unroll
        for (int step = 0; step < depth; step++) {
#pragma unroll
            for (int j = 0; j < score_tiles; j += 2) {
                uint32_t four[4];
                load_matrices(four, shared.tile(stage).chunk(j * 8 + lane / 16 * 8 + lane % 8,
                                                             (warp * depth + step) * 2 + lane / 8 % 2));
                multiply_add<T>(scores[j], q[step], {four[0], four[1]});
                multiply_add<T>(scores[j + 1], q[step], {four[2], four[3]});
            }
        }
    }

    // Parts lie as fragments do, an element of a thread beside that of the next. The same order of adding for every warp,
    // so that all have the same scores.
    __device__ void write_part(const FragmentC (&scores)[score_tiles]) const {
        float* mine = shared.parts(group) + warp * kLatentRows * kLatentKeys;
#pragma unroll
        for (int j = 0; j < score_tiles; j++) {
            reinterpret_cast<float4*>(mine)[j * 32 + lane] = {scores[j].at[0], scores[j].at[1], scores[j].at[2],
                                                              scores[j].at[3]};
        }
    }

    __device__ void add_parts(FragmentC (&scores)[score_tiles]) const {
#pragma unroll
        for (int j = 0; j < score_tiles; j++) {
            scores[j] = {};
#pragma unroll
            for (int other = 0; other < kLatentWarps; other++) {
                const float* part = shared.parts(group) + other * kLatentRows * kLatentKeys;
                float4 of_other = reinterpret_cast<const float4*>(part)[j * 32 + lane];
                scores[j].at[0] += of_other.x;
                scores[j].at[1] += of_other.y;
                scores[j].at[2] += of_other.z;
                scores[j].at[3] += of_other.w;
            }
        }
    }

    // Adds exponentials times the warp's part of the values.
    __device__ void add_values(int stage, const FragmentC (&scores)[score_tiles]) {
#pragma unroll
        for (int step = 0; step < kLatentKeys / 16; step++) {
            const FragmentC &left = scores[2 * step], &right = scores[2 * step + 1];
            FragmentA a{pack_two<T>(left.at[0], left.at[1]), pack_two<T>(left.at[2], left.at[3]),
                        pack_two<T>(right.at[0], right.at[1]), pack_two<T>(right.at[2], right.at[3])};
#pragma unroll
            for (int j = 0; j < out_tiles; j += 2) {
                uint32_t four[4];
                load_matrices_transposed(
                    four, shared.tile(stage).chunk(step * 16 + lane % 16, warp * out_tiles + j + lane / 16));
                multiply_add<T>(out[j], a, {four[0], four[1]});
                multiply_add<T>(out[j + 1], a, {four[2], four[3]});
            }
        }
    }

    __device__ void attend(const T* k, int from, int to) {
        copy_tile(0, k, from, to);
        int stage = 0;
        for (int first = from; first < to; first += kLatentKeys) {
            wait_copies<0>();
            // Behind this barrier everyone sees the tile, and nobody reads the one that is filled next, nor the parts.
            __syncthreads();
            copy_tile(1 - stage, k, first + kLatentKeys, to);
            FragmentC scores[score_tiles];
            part_of_scores(stage, scores);
            write_part(scores);
            __syncthreads();
            add_parts(scores);
            hide(sight, first, scores);
            softmax.exponentiate(scores, shape.scale, out);
            add_values(stage, scores);
            stage = 1 - stage;
        }
        wait_copies<0>();
        softmax.finish();
    }

    // Two neighbours of an output or of a share's sums, from the warp's dimensions of a row.
    template <class Store>
    __device__ void each_pair(int i, Store store) const {
#pragma unroll
        for (int j = 0; j < out_tiles; j++) {
            store((warp * out_tiles + j) * 8 + lane % 4 * 2, out[j].at[2 * i], out[j].at[2 * i + 1]);
        }
    }

    __device__ void store(T* o, float* lse) const {
        for (int i = 0; i < 2; i++) {
            if (row[i] >= rows()) {
                continue;
            }
            int64_t at = token_head(row[i]);
            float inverse = softmax.denominator[i] == 0 ? 0 : 1 / softmax.denominator[i];
            each_pair(i, [&](int d, float low, float high) {
                *reinterpret_cast<uint32_t*>(o + at * kLatentValues + d) = pack_two<T>(low * inverse, high * inverse);
            });
            if (lse && warp == 0 && lane % 4 == 0) {
                lse[at] = natural_lse<T>(softmax.largest[i], softmax.denominator[i]);
            }
        }
    }

    __device__ void store_share(const SharePartials& partials, int share) const {
        for (int i = 0; i < 2; i++) {
            if (row[i] >= rows()) {
                continue;
            }
            int64_t at = share * partials.rows + token_head(row[i]);
            each_pair(i, [&](int d, float low, float high) {
                *reinterpret_cast<float2*>(partials.sums + at * kLatentValues + d) = {low, high};
            });
            if (warp == 0 && lane % 4 == 0) {
                partials.largest[at] = softmax.largest[i];
                partials.denominators[at] = softmax.denominator[i];
            }
        }
    }
};

template <class T>
__device__ void latent_attention(const T* __restrict__ q, const T* __restrict__ k, T* __restrict__ o,
                                 float* __restrict__ lse, const Batch& batch, const AttentionShape& shape,
                                 const SharePartials& partials) {
    extern __shared__ __align__(16) uint8_t memory[];
    Latent<T> latent(reinterpret_cast<T*>(memory), shape, batch);
    int block_rows = blockDim.x / (32 * kLatentWarps) * kLatentRows;
    int first_row = blockIdx.x * block_rows, last_row = min(first_row + block_rows, latent.rows()) - 1;
    if (last_row < first_row) {
        return;
    }
    int share = blockIdx.y % shape.shares;
    // Sight only moves on with rows, so the first and the last row bound what any of them sees.
    Stretch keys = share_of(latent.seen_by(first_row).begin, latent.seen_by(last_row).end, kLatentKeys, share, shape.shares);
    latent.begin(q, first_row);
    latent.attend(k, keys.from, keys.to);
    if (shape.shares == 1) {
        latent.store(o, lse);
    } else {
        latent.store_share(partials, share);
    }
}
