// c = a b^T on tensor cores: one product, a batch of products or a mixture of experts. a, b and c are row-major.
//
// Launch: a block of kMmaThreads a tile of c; tiles in x, shares of k in y, products of a batch in z; kStages stages of
// (rows + cols) * 64 bytes of dynamic shared memory. Where k is shared, sums go to `partials`, which `sum_shares` adds up.
// For a mixture of experts `group_rows` says which rows of c a tile has. An epilogue is applied where sums are whole: here, or by
// `sum_shares`.
#pragma once

#include "gemm/epilogue.cuh"
#include "gemm/groups.cuh"
#include "gemm/mma_tile.cuh"
#include "gemm/shares.cuh"

// A weight [products, n, k] as it is stored. A weight says what brings `cols` rows of it to shared memory.
template <class T>
struct PlainWeight {
    const T* data;
    int64_t n, k;

    template <int cols>
    using Stages = CopiedRows<T, cols>;

    template <int cols>
    __device__ CopiedRows<T, cols> stages(int64_t product, int64_t first) const {
        return {data + product * n * k, k, [&](int i) { return first + i < n ? first + i : -1; }};
    }
};

struct GemmExtents {
    int64_t m, n, k;
    // Columns of a share of k.
    int64_t share;
};

// What a mixture of experts brings: see group_rows. Null pointers and one choice a row where there is none.
struct Grouping {
    const int* order;
    const GroupTile* tiles;
    int choices;
};

// Which tile is this block's: tiles are taken in bands of eight rows of tiles, down before across, so that blocks that run
// together share operands in L2.
struct TilePlace {
    int64_t row, col;

    __device__ TilePlace(int64_t down, int64_t across) {
        constexpr int64_t band = 8;
        int64_t index = blockIdx.x;
        int64_t first = index / (band * across) * band;
        int64_t height = min(band, down - first);
        int64_t within = index - first * across;
        row = first + within % height;
        col = within / height;
    }
};

// The rows of a tile, by their number in c.
struct TileRows {
    const int* order;
    int64_t first;
    int64_t count;
    int64_t product;

    // -1 where the tile has no such row.
    __device__ int64_t operator()(int i) const { return i >= count ? -1 : order == nullptr ? first + i : order[first + i]; }

    __device__ static TileRows of(const Grouping& groups, int64_t m, int64_t tile, int size) {
        if (groups.order == nullptr) {
            int64_t row = tile * size;
            return {nullptr, blockIdx.z * m + row, m - row, blockIdx.z};
        }
        GroupTile mine = groups.tiles[tile];
        return {groups.order, mine.first, mine.rows, mine.expert};
    }
};

template <class Out>
__device__ Pack<Out, 2> two_of(float first, float second) {
    uint32_t two = pack_two<Out>(first, second);
    return *reinterpret_cast<const Pack<Out, 2>*>(&two);
}

template <>
__device__ inline Pack<float, 2> two_of<float>(float first, float second) {
    return {first, second};
}

// Every two neighbours a thread has of a row, of which `there` columns exist; `whole` where they lie as a Pack does.
template <class Out, class Fragment, int tiles, class Two>
__device__ void store_row(Out* to, const Fragment (&sums)[tiles], int half, int there, bool whole, Two two) {
#pragma unroll
    for (int j = 0; j < tiles; j++) {
        if (j * 8 < there) {
            store_pack(to + j * 8, two(sums[j].at[2 * half], sums[j].at[2 * half + 1]), there - j * 8, whole);
        }
    }
}

// Without partials each block has the whole of k.
template <int rows, int cols, class T, class Weight, class Finish, class Out, class Epilogue = NoEpilogue>
__device__ void gemm_mma(const T* __restrict__ a, const Weight& b, const Finish& finish, Out* __restrict__ c,
                         typename SumsOf<T>::Number* __restrict__ partials, const GemmExtents& of, const Grouping& groups,
                         int tiles_down, const Epilogue& epilogue = {}) {
    extern __shared__ __align__(16) uint8_t memory[];
    TilePlace place(tiles_down, (of.n + cols - 1) / cols);
    TileRows own = TileRows::of(groups, of.m, place.row, rows);
    if (own.count <= 0) {
        return;
    }
    int64_t first_col = place.col * cols;
    CopiedRows<T, rows> of_a(a, of.k, [&](int i) {
        int64_t row = own(i);
        return row < 0 ? -1 : groups.order == nullptr ? row : row / groups.choices;
    });
    using Tile = MmaTile<T, typename Weight::template Stages<cols>, rows, cols>;
    Tile tile{reinterpret_cast<T*>(memory), of_a, b.template stages<cols>(own.product, first_col), {}};
    int64_t begin = blockIdx.y * of.share;
    tile.multiply(begin, min(of.k, begin + of.share));
    int64_t col = first_col + tile.first_col();
    int there = static_cast<int>(max(int64_t{0}, min(of.n - col, int64_t{cols})));
    bool whole = of.n % 2 == 0;
    if (partials == nullptr) {
        auto finished = finish.of(own.product);
        epilogue.apply(tile.sums, finished, own.product, col, there, [&](const auto& numbers, auto number) {
            Tile::for_each_row(numbers, [&](int i, const auto& of_row, int half) {
                if (int64_t row = own(i); row >= 0) {
                    store_row(c + row * of.n + col, of_row, half, there, whole,
                              [&](auto first, auto second) { return two_of<Out>(number(first), number(second)); });
                }
            });
        });
    } else {
        using Number = typename SumsOf<T>::Number;
        Number* share = partials + blockIdx.y * gridDim.z * of.m * of.n;
        Tile::for_each_row(tile.sums, [&](int i, const auto& sums, int half) {
            if (int64_t row = own(i); row >= 0) {
                store_row(share + row * of.n + col, sums, half, there, whole,
                          [](Number first, Number second) { return Pack<Number, 2>{first, second}; });
            }
        });
    }
}
