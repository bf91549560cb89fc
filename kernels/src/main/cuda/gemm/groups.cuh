// Rows of c of a mixture of experts, brought together by expert: every choice of a token is a row, and rows of one expert
// are multiplied in tiles of their own.
#pragma once

#include <cstdint>

// `rows` rows of one expert, from place `first` of the order on; none in a tile that is not needed.
struct GroupTile {
    int expert, first, rows;
};

constexpr int kGroupThreads = 1024;

// One block. `order` [count] becomes the rows of c, those of expert 0 first; `tiles` [tile_count] becomes tiles of at most
// `tile_rows` of them. How rows of an expert follow one another is left open: each is computed alike wherever it lies.
// Dynamic shared memory: two ints an expert.
__device__ inline void group_rows(const int* __restrict__ routing, int count, int experts, int tile_rows,
                                  int* __restrict__ order, GroupTile* __restrict__ tiles, int tile_count) {
    extern __shared__ __align__(16) uint8_t memory[];
    int* rows = reinterpret_cast<int*>(memory);
    int* next = rows + experts;
    for (int e = threadIdx.x; e < experts; e += kGroupThreads) {
        rows[e] = 0;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < count; i += kGroupThreads) {
        atomicAdd(&rows[routing[i]], 1);
    }
    __syncthreads();
    // A warp adds up 32 experts at a time: where an expert's rows begin, and where its tiles do.
    if (threadIdx.x < 32) {
        int lane = threadIdx.x, rows_before = 0, tiles_before = 0;
        for (int e0 = 0; e0 < experts; e0 += 32) {
            int mine = e0 + lane < experts ? rows[e0 + lane] : 0;
            int mine_tiles = (mine + tile_rows - 1) / tile_rows;
            int row_sum = mine, tile_sum = mine_tiles;
            for (int distance = 1; distance < 32; distance *= 2) {
                int other_rows = __shfl_up_sync(~0u, row_sum, distance);
                int other_tiles = __shfl_up_sync(~0u, tile_sum, distance);
                row_sum += lane >= distance ? other_rows : 0;
                tile_sum += lane >= distance ? other_tiles : 0;
            }
            int first = rows_before + row_sum - mine;
            if (e0 + lane < experts) {
                next[e0 + lane] = first;
            }
            for (int t = 0; t < mine_tiles; t++) {
                tiles[tiles_before + tile_sum - mine_tiles + t] = {e0 + lane, first + t * tile_rows,
                                                                   min(tile_rows, mine - t * tile_rows)};
            }
            rows_before += __shfl_sync(~0u, row_sum, 31);
            tiles_before += __shfl_sync(~0u, tile_sum, 31);
        }
        for (int t = tiles_before + lane; t < tile_count; t += 32) {
            tiles[t] = {0, 0, 0};
        }
    }
    __syncthreads();
    for (int i = threadIdx.x; i < count; i += kGroupThreads) {
        order[atomicAdd(&next[routing[i]], 1)] = i;
    }
}
