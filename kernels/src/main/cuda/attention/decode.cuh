// Softmax attention of few queries: bound by reading keys and values once. The keys are the long side of the products,
// scores^T = k q^T and o^T = v^T p^T, so that tensor cores waste at most seven of eight columns and not sixty-three of
// sixty-four rows.
//
// A row is a query and one of the query heads of a key/value head. A block of four warps takes up to 32 rows of one head:
// tiles of eight, a warp each, and the warps left over take every other step of the keys. A warp loads keys and values to
// where its fragments want them, 16 bytes a lane, with no shared memory between: the order of dimensions in a product is
// free, so a lane's neighbours are its own. Quantised caches are multiplied as codes; scores and probabilities take the
// scales. q [tokens, heads, dim], k and v [tokens, kv heads, dim], their scales [tokens, kv heads], o as q.
//
// Grid: tiles of 32 rows in x; key/value heads times shares of the keys in y; sequences in z. Shares are put together by
// merge_shares.
#pragma once

#include "attention/sequence.cuh"
#include "attention/shape.cuh"
#include "attention/shares.cuh"
#include "attention/stored.cuh"
#include "common/mma.cuh"

constexpr int kTileRows = 8;
constexpr int kDecodeWarps = 4;
constexpr int kStepKeys = 16;

// Keys and values, and a scale for each row of them where they are quantised.
template <class Stored>
struct Cache {
    const Stored *k, *v;
    const float *k_scales, *v_scales;
};

// An 8 x 8 matrix of 16-bit elements across a warp, transposed.
__device__ inline uint32_t transpose(uint32_t two) {
    uint32_t turned;
    asm("movmatrix.sync.aligned.m8n8.trans.b16 %0, %1;" : "=r"(turned) : "r"(two));
    return turned;
}

// A value that the eight groups of four lanes have in part.
template <class Join>
__device__ float over_groups(float value, Join join) {
#pragma unroll
    for (int distance = 4; distance < 32; distance *= 2) {
        value = join(value, __shfl_xor_sync(~0u, value, distance));
    }
    return value;
}

template <class T, class Stored, int dim>
struct Decode {
    static constexpr bool scaled = sizeof(Stored) == 1;
    // Four lanes take a key, eight take a value.
    static constexpr int key_run = longest_run<Stored, dim, 4>(), key_parts = dim / (4 * key_run);
    static constexpr int value_run = longest_run<Stored, dim, 8>(), value_parts = dim / (8 * value_run);

    const AttentionShape& shape;
    const Cache<Stored>& cache;
    Sequence sequence;
    int kv_head, group;
    int lane, quad, member;
    // The warp's rows; those beyond the last see no key.
    int first_row;
    // The queries, pairs of neighbours as the lane's part of a key has them.
    uint32_t q[key_parts][key_run / 2];
    // Of rows 2 member and the next.
    Visible sight[2];
    float largest[2], denominator[2];
    // Of those two rows: dimensions 2 j and the next of the lane's part of a value.
    FragmentC out[value_parts][value_run / 2];

    __device__ int rows() const { return sequence.queries * group; }
    // The row of q and o that a row of ours is.
    __device__ int64_t token_head(int r) const {
        return (int64_t{sequence.first_query} + r / group) * shape.heads + kv_head * group + r % group;
    }
    __device__ Visible seen_by(int r) const {
        return visible(shape.mask, shape.window, shape.tree_parents, r / group, sequence.queries, sequence.keys);
    }

    __device__ Decode(const AttentionShape& shape, const Cache<Stored>& cache, const Batch& batch)
        : shape(shape), cache(cache), sequence(batch, blockIdx.z) {
        kv_head = blockIdx.y / shape.shares;
        group = shape.heads / shape.kv_heads;
        lane = threadIdx.x % 32;
        quad = lane / 4;
        member = lane % 4;
    }

    __device__ void begin(const T* queries, int row) {
        first_row = row;
        bool there = row + quad < rows();
        const T* mine = queries + (there ? token_head(row + quad) * dim : 0);
#pragma unroll
        for (int part = 0; part < key_parts; part++) {
            const uint32_t* two = reinterpret_cast<const uint32_t*>(mine + (part * 4 + member) * key_run);
#pragma unroll
            for (int i = 0; i < key_run / 2; i++) {
                q[part][i] = there ? two[i] : 0;
            }
        }
#pragma unroll
        for (int i = 0; i < 2; i++) {
            int mine = row + 2 * member + i;
            sight[i] = mine < rows() ? seen_by(mine) : Visible{0, 0, 0, 0};
            largest[i] = -INFINITY;
            denominator[i] = 0;
        }
#pragma unroll
        for (int part = 0; part < value_parts; part++) {
#pragma unroll
            for (int j = 0; j < value_run / 2; j++) {
                out[part][j] = {};
            }
        }
    }

    // Scores of keys quad and quad + 8 of the step, not yet scaled. `slots` has a key of the step a lane.
    __device__ FragmentC score(int slots) const {
        const Stored* low = cache.k + int64_t{__shfl_sync(~0u, slots, quad)} * dim;
        const Stored* high = cache.k + int64_t{__shfl_sync(~0u, slots, quad + 8)} * dim;
        Run<Stored, key_run> lows[key_parts], highs[key_parts];
#pragma unroll
        for (int part = 0; part < key_parts; part++) {
            lows[part] = Run<Stored, key_run>::load(low + (part * 4 + member) * key_run);
            highs[part] = Run<Stored, key_run>::load(high + (part * 4 + member) * key_run);
        }
        FragmentC scores{};
        bool low_lacks = false, high_lacks = false;
#pragma unroll
        for (int part = 0; part < key_parts; part++) {
            uint32_t a[key_run / 2], b[key_run / 2];
            lows[part].unpack(a);
            highs[part].unpack(b);
            low_lacks |= lows[part].lacks_number();
            high_lacks |= highs[part].lacks_number();
            if (part == key_parts - 1) {
                // One element is enough: whatever it is multiplied by, the score is NaN.
                a[0] |= low_lacks ? 0x7fff : 0;
                b[0] |= high_lacks ? 0x7fff : 0;
            }
#pragma unroll
            for (int i = 0; i < key_run / 2; i += 2) {
                multiply_add<T>(scores, {a[i], b[i], a[i + 1], b[i + 1]}, {q[part][i], q[part][i + 1]});
            }
        }
        return scores;
    }

    // Scores become exponentials against the largest score so far; sums made before are rescaled to it.
    __device__ void exponentiate(FragmentC& scores, int first, int end, float k_scale) {
        float scale[2] = {shape.scale, shape.scale};
        if constexpr (scaled) {
            scale[0] *= __shfl_sync(~0u, k_scale, quad);
            scale[1] *= __shfl_sync(~0u, k_scale, quad + 8);
        }
#pragma unroll
        for (int i = 0; i < 4; i++) {
            int key = first + quad + i / 2 * 8;
            bool seen = key < end && sight[i % 2].sees(key);
            scores.at[i] = seen ? __fmul_rn(scores.at[i], scale[i / 2]) : -INFINITY;
        }
        float rescale[2];
#pragma unroll
        for (int i = 0; i < 2; i++) {
            float most = over_groups(fmaxf(scores.at[i], scores.at[i + 2]), fmaxf);
            most = fmaxf(most, largest[i]);
            // A row that has seen no key yet: any finite number keeps its exponentials zeros.
            float anchor = most == -INFINITY ? 0 : most;
            rescale[i] = exp2f(largest[i] - anchor);
            largest[i] = most;
            scores.at[i] = exp2f(scores.at[i] - anchor + kHeadroom<T>);
            scores.at[i + 2] = exp2f(scores.at[i + 2] - anchor + kHeadroom<T>);
            // Only of the lane's keys; lanes are added up at the end.
            denominator[i] = denominator[i] * rescale[i] + (scores.at[i] + scores.at[i + 2]);
        }
#pragma unroll
        for (int part = 0; part < value_parts; part++) {
#pragma unroll
            for (int j = 0; j < value_run / 2; j++) {
#pragma unroll
                for (int i = 0; i < 4; i++) {
                    out[part][j].at[i] *= rescale[i % 2];
                }
            }
        }
    }

    // Probabilities as the right operand: keys 2 member, the next, and those eight further on; of row `quad`.
    __device__ FragmentB probabilities(const FragmentC& scores, float v_scale) const {
        float scale[2] = {1, 1};
        if constexpr (scaled) {
            scale[0] = __shfl_sync(~0u, v_scale, quad);
            scale[1] = __shfl_sync(~0u, v_scale, quad + 8);
        }
        return {transpose(pack_two<T>(scores.at[0] * scale[0], scores.at[1] * scale[0])),
                transpose(pack_two<T>(scores.at[2] * scale[1], scores.at[3] * scale[1]))};
    }

    __device__ void add_values(int slots, const FragmentB& p) {
        const Stored* value[4];
#pragma unroll
        for (int i = 0; i < 4; i++) {
            value[i] = cache.v + int64_t{__shfl_sync(~0u, slots, 2 * member + i / 2 * 8 + i % 2)} * dim;
        }
#pragma unroll
        for (int part = 0; part < value_parts; part++) {
            uint32_t pairs[4][value_run / 2];
#pragma unroll
            for (int i = 0; i < 4; i++) {
                auto run = Run<Stored, value_run>::load(value[i] + (part * 8 + quad) * value_run);
                run.unpack(pairs[i]);
                run.mark_no_numbers(pairs[i]);
            }
#pragma unroll
            for (int j = 0; j < value_run / 2; j++) {
                // Pairs of neighbours of two keys become pairs of keys of two neighbours.
                multiply_add<T>(out[part][j],
                                {__byte_perm(pairs[0][j], pairs[1][j], 0x5410), __byte_perm(pairs[0][j], pairs[1][j], 0x7632),
                                 __byte_perm(pairs[2][j], pairs[3][j], 0x5410), __byte_perm(pairs[2][j], pairs[3][j], 0x7632)},
                                p);
            }
        }
    }

    // Sixteen keys from `first` on; those from `end` on are not there.
    __device__ void step(int first, int end) {
        // Row of k and v of a key of the step, a key a lane, twice.
        int key = min(first + lane % kStepKeys, end - 1);
        int slots = static_cast<int>(sequence.slot(key)) * shape.kv_heads + kv_head;
        float k_scale = 1, v_scale = 1;
        if constexpr (scaled) {
            k_scale = cache.k_scales[slots];
            v_scale = cache.v_scales[slots];
        }
        FragmentC scores = score(slots);
        exponentiate(scores, first, end, k_scale);
        add_values(slots, probabilities(scores, v_scale));
    }

    __device__ void leave(float (&sums)[kTileRows][dim], float (&most)[kTileRows], float (&total)[kTileRows]) {
#pragma unroll
        for (int i = 0; i < 2; i++) {
            float sum = over_groups(denominator[i], [](float a, float b) { return a + b; });
            if (quad == 0) {
                most[2 * member + i] = largest[i];
                total[2 * member + i] = sum;
            }
#pragma unroll
            for (int part = 0; part < value_parts; part++) {
#pragma unroll
                for (int j = 0; j < value_run / 2; j++) {
                    float* at = &sums[2 * member + i][(part * 8 + quad) * value_run + 2 * j];
                    at[0] = out[part][j].at[i];
                    at[1] = out[part][j].at[i + 2];
                }
            }
        }
    }
};

// What the warps of a block found, put together in their order.
template <int dim>
struct Gathered {
    float sums[kDecodeWarps][kTileRows][dim];
    float largest[kDecodeWarps][kTileRows], denominators[kDecodeWarps][kTileRows];

    // Row r of tile `tile`, which every `tiles`th warp took.
    template <class Visit>
    __device__ float over_warps(int tile, int tiles, int r, float& most, Visit visit) const {
        most = -INFINITY;
        for (int warp = tile; warp < kDecodeWarps; warp += tiles) {
            most = fmaxf(most, largest[warp][r]);
        }
        float anchor = most == -INFINITY ? 0 : most, sum = 0;
        for (int warp = tile; warp < kDecodeWarps; warp += tiles) {
            sum += exp2f(largest[warp][r] - anchor) * visit(warp);
        }
        return sum;
    }
};

// `tiles` is how many tiles of eight rows a block has: 1, 2 or 4.
template <class T, class Stored, int dim>
__device__ void decode_attention(const T* __restrict__ q, const Cache<Stored>& cache, T* __restrict__ o,
                                 float* __restrict__ lse, const Batch& batch, const AttentionShape& shape,
                                 const SharePartials& partials, int tiles) {
    __shared__ Gathered<dim> gathered;
    Decode<T, Stored, dim> decode(shape, cache, batch);
    int first_row = blockIdx.x * tiles * kTileRows;
    int last_row = min(first_row + tiles * kTileRows, decode.rows()) - 1;
    if (last_row < first_row) {
        return;
    }
    int share = blockIdx.y % shape.shares;
    // Sight only moves on with rows, so the first and the last row bound what any of them sees.
    Stretch keys = share_of(decode.seen_by(first_row).begin, decode.seen_by(last_row).end, 1, share, shape.shares);

    int warp = threadIdx.x / 32, stride = kDecodeWarps / tiles * kStepKeys;
    decode.begin(q, first_row + warp % tiles * kTileRows);
    for (int first = keys.from + warp / tiles * kStepKeys; first < keys.to; first += stride) {
        decode.step(first, keys.to);
    }
    decode.leave(gathered.sums[warp], gathered.largest[warp], gathered.denominators[warp]);
    __syncthreads();

    for (int i = threadIdx.x; i < (last_row - first_row + 1) * dim; i += blockDim.x) {
        int row = i / dim, d = i % dim, tile = row / kTileRows, r = row % kTileRows;
        float most;
        float denominator =
            gathered.over_warps(tile, tiles, r, most, [&](int w) { return gathered.denominators[w][r]; });
        float sum = gathered.over_warps(tile, tiles, r, most, [&](int w) { return gathered.sums[w][r][d]; });
        int64_t at = decode.token_head(first_row + row);
        if (shape.shares == 1) {
            o[at * dim + d] = from_float<T>(denominator == 0 ? 0 : sum / denominator);
            if (lse && d == 0) {
                lse[at] = natural_lse<T>(most, denominator);
            }
        } else {
            at += share * partials.rows;
            partials.sums[at * dim + d] = sum;
            if (d == 0) {
                partials.largest[at] = most;
                partials.denominators[at] = denominator;
            }
        }
    }
}
