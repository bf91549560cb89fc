// Tensor-core kernels of the Ampere style: cp.async in stages, ldmatrix, mma.sync.
#include <cuda_bf16.h>
#include <stdint.h>

typedef __nv_bfloat16 bf16;

__device__ __forceinline__ uint32_t shared_address(const void* p) { return (uint32_t)__cvta_generic_to_shared(p); }

// 16 bytes, or zeros where `inside` is false.
__device__ __forceinline__ void copy16(void* to, const void* from, bool inside) {
    asm volatile("cp.async.cg.shared.global [%0], [%1], 16, %2;" ::"r"(shared_address(to)), "l"(from), "r"(inside ? 16 : 0));
}
__device__ __forceinline__ void commit() { asm volatile("cp.async.commit_group;"); }
template <int KEPT>
__device__ __forceinline__ void wait() { asm volatile("cp.async.wait_group %0;" ::"n"(KEPT) : "memory"); }

__device__ __forceinline__ void load4(uint32_t (&r)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(shared_address(row)) : "memory");
}
__device__ __forceinline__ void load4_transposed(uint32_t (&r)[4], const void* row) {
    asm volatile("ldmatrix.sync.aligned.m8n8.x4.trans.shared.b16 {%0,%1,%2,%3}, [%4];"
                 : "=r"(r[0]), "=r"(r[1]), "=r"(r[2]), "=r"(r[3]) : "r"(shared_address(row)) : "memory");
}
__device__ __forceinline__ void multiply(float (&d)[4], const uint32_t (&a)[4], uint32_t b0, uint32_t b1) {
    asm volatile("mma.sync.aligned.m16n8k16.row.col.f32.bf16.bf16.f32 {%0,%1,%2,%3}, {%4,%5,%6,%7}, {%8,%9}, {%0,%1,%2,%3};"
                 : "+f"(d[0]), "+f"(d[1]), "+f"(d[2]), "+f"(d[3]) : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "r"(b0), "r"(b1));
}

// C[m, n] = A[m, k] B[k, n]; any m; n and k multiples of 8. 64x64 a block, 32x32 a warp, 128 threads, three stages.
constexpr int TILE = 64, DEPTH = 32, STAGES = 3, PAD = 8;

extern "C" __global__ void __launch_bounds__(128) gemm_bf16(const bf16* a, const bf16* b, float* c, int m, int n, int k) {
    __shared__ __align__(16) bf16 as[STAGES][TILE][DEPTH + PAD];
    __shared__ __align__(16) bf16 bs[STAGES][DEPTH][TILE + PAD];
    const int thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
    const int first_row = blockIdx.y * TILE, first_column = blockIdx.x * TILE;

    const auto fetch = [&](int step) {
        const int stage = step % STAGES, from = step * DEPTH;
        for (int i = 0; i < TILE * DEPTH / 8 / 128; i++) {
            const int piece = thread + i * 128, row = piece / (DEPTH / 8), column = piece % (DEPTH / 8) * 8;
            const bool inside = first_row + row < m && from + column < k;
            copy16(&as[stage][row][column], a + (inside ? (size_t)(first_row + row) * k + from + column : 0), inside);
        }
        for (int i = 0; i < DEPTH * TILE / 8 / 128; i++) {
            const int piece = thread + i * 128, row = piece / (TILE / 8), column = piece % (TILE / 8) * 8;
            const bool inside = from + row < k && first_column + column < n;
            copy16(&bs[stage][row][column], b + (inside ? (size_t)(from + row) * n + first_column + column : 0), inside);
        }
    };

    float sum[2][4][4] = {};
    const int steps = (k + DEPTH - 1) / DEPTH;
    for (int step = 0; step < STAGES - 1; step++) {
        if (step < steps) fetch(step);
        commit();
    }
    const int rows = warp / 2 * 32, columns = warp % 2 * 32;
    for (int step = 0; step < steps; step++) {
        wait<STAGES - 2>();
        __syncthreads();
        if (step + STAGES - 1 < steps) fetch(step + STAGES - 1);
        commit();
        const int stage = step % STAGES;
        for (int inner = 0; inner < DEPTH; inner += 16) {
            uint32_t af[2][4], bf[2][4];
            for (int i = 0; i < 2; i++) load4(af[i], &as[stage][rows + i * 16 + lane % 16][inner + lane / 16 * 8]);
            for (int j = 0; j < 2; j++) load4_transposed(bf[j], &bs[stage][inner + lane % 16][columns + j * 16 + lane / 16 * 8]);
            for (int i = 0; i < 2; i++) {
                for (int j = 0; j < 4; j++) multiply(sum[i][j], af[i], bf[j / 2][j % 2 * 2], bf[j / 2][j % 2 * 2 + 1]);
            }
        }
    }
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < 4; j++) {
            for (int e = 0; e < 4; e++) {
                const int row = first_row + rows + i * 16 + lane / 4 + e / 2 * 8;
                const int column = first_column + columns + j * 8 + lane % 4 * 2 + e % 2;
                if (row < m && column < n) c[(size_t)row * n + column] = sum[i][j][e];
            }
        }
    }
}

// The same product by scalar code, for comparison.
extern "C" __global__ void __launch_bounds__(256) gemm_scalar(const bf16* a, const bf16* b, float* c, int m, int n, int k) {
    __shared__ float as[16][17], bs[16][17];
    const int x = threadIdx.x % 16, y = threadIdx.x / 16;
    const int row = blockIdx.y * 16 + y, column = blockIdx.x * 16 + x;
    float sum = 0;
    for (int from = 0; from < k; from += 16) {
        as[y][x] = row < m && from + x < k ? __bfloat162float(a[(size_t)row * k + from + x]) : 0.0f;
        bs[y][x] = column < n && from + y < k ? __bfloat162float(b[(size_t)(from + y) * n + column]) : 0.0f;
        __syncthreads();
        for (int i = 0; i < 16; i++) sum += as[y][i] * bs[i][x];
        __syncthreads();
    }
    if (row < m && column < n) c[(size_t)row * n + column] = sum;
}

__device__ __forceinline__ uint32_t packed(float low, float high) {
    const __nv_bfloat162 pair = __floats2bfloat162_rn(low, high);
    return *reinterpret_cast<const uint32_t*>(&pair);
}

// Attention over [heads, length, 64]; a block takes 64 queries of a head, a warp 16 of them; keys come 64 at a time.
constexpr int HEAD = 64;

extern "C" __global__ void __launch_bounds__(128) flash_attention(const bf16* q, const bf16* k, const bf16* v, float* out,
                                                                  int length, float scale, int causal) {
    __shared__ __align__(16) bf16 qs[64][HEAD + PAD], ks[64][HEAD + PAD], vs[64][HEAD + PAD];
    const int thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
    const size_t head = (size_t)blockIdx.y * length * HEAD;
    const int first = blockIdx.x * 64;
    const auto fetch = [&](bf16 (*to)[HEAD + PAD], const bf16* from, int row0) {
        for (int i = 0; i < 64 * HEAD / 8 / 128; i++) {
            const int piece = thread + i * 128, row = piece / (HEAD / 8), column = piece % (HEAD / 8) * 8;
            const bool inside = row0 + row < length;
            copy16(&to[row][column], from + head + (inside ? (size_t)(row0 + row) * HEAD + column : 0), inside);
        }
    };
    fetch(qs, q, first);
    commit();
    wait<0>();
    __syncthreads();
    uint32_t qf[4][4];
    for (int i = 0; i < 4; i++) load4(qf[i], &qs[warp * 16 + lane % 16][i * 16 + lane / 16 * 8]);

    float o[8][4] = {}, largest[2] = {-INFINITY, -INFINITY}, total[2] = {};
    const int row = first + warp * 16 + lane / 4;
    const int last = causal ? min(length, first + 64) : length;
    // Of a thread's two rows: the first key that is not seen.
    const int limit[2] = {causal ? min(length, row + 1) : length, causal ? min(length, row + 9) : length};
    for (int from = 0; from < last; from += 64) {
        fetch(ks, k, from);
        fetch(vs, v, from);
        commit();
        wait<0>();
        __syncthreads();
        float s[8][4] = {};
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 8; j += 2) {
                uint32_t kf[4];
                load4(kf, &ks[j * 8 + lane % 8 + lane / 16 * 8][i * 16 + lane / 8 % 2 * 8]);
                multiply(s[j], qf[i], kf[0], kf[1]);
                multiply(s[j + 1], qf[i], kf[2], kf[3]);
            }
        }
        float best[2] = {largest[0], largest[1]};
        for (int j = 0; j < 8; j++) {
            for (int e = 0; e < 4; e++) {
                const int key = from + j * 8 + lane % 4 * 2 + e % 2;
                s[j][e] = key < limit[e / 2] ? s[j][e] * scale : -INFINITY;
                best[e / 2] = fmaxf(best[e / 2], s[j][e]);
            }
        }
        for (int h = 0; h < 2; h++) {
            best[h] = fmaxf(best[h], __shfl_xor_sync(~0u, best[h], 1));
            best[h] = fmaxf(best[h], __shfl_xor_sync(~0u, best[h], 2));
            const float base = best[h] == -INFINITY ? 0.0f : best[h];
            const float shrink = largest[h] == -INFINITY ? 0.0f : __expf(largest[h] - base);
            float part = 0;
            for (int j = 0; j < 8; j++) {
                for (int e = 2 * h; e < 2 * h + 2; e++) {
                    s[j][e] = __expf(s[j][e] - base);
                    part += s[j][e];
                    o[j][e] *= shrink;
                }
            }
            total[h] = total[h] * shrink + part;
            largest[h] = best[h];
        }
        for (int i = 0; i < 4; i++) {
            const uint32_t pf[4] = {packed(s[2 * i][0], s[2 * i][1]), packed(s[2 * i][2], s[2 * i][3]),
                                    packed(s[2 * i + 1][0], s[2 * i + 1][1]), packed(s[2 * i + 1][2], s[2 * i + 1][3])};
            for (int j = 0; j < 8; j += 2) {
                uint32_t vf[4];
                load4_transposed(vf, &vs[i * 16 + lane % 16][j * 8 + lane / 16 * 8]);
                multiply(o[j], pf, vf[0], vf[1]);
                multiply(o[j + 1], pf, vf[2], vf[3]);
            }
        }
        __syncthreads();
    }
    for (int h = 0; h < 2; h++) {
        total[h] += __shfl_xor_sync(~0u, total[h], 1);
        total[h] += __shfl_xor_sync(~0u, total[h], 2);
        if (row + h * 8 >= length) continue;
        for (int j = 0; j < 8; j++) {
            for (int e = 0; e < 2; e++) out[head + (size_t)(row + h * 8) * HEAD + j * 8 + lane % 4 * 2 + e] = o[j][2 * h + e] / total[h];
        }
    }
}
