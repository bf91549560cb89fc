// A producer warp and consumer warps over mbarriers and bulk copies. sm_90 and later.
#include <stdint.h>

#if !defined(__CUDA_ARCH__) || __CUDA_ARCH__ >= 900

__device__ __forceinline__ uint32_t shared_address(const void* p) { return (uint32_t)__cvta_generic_to_shared(p); }

__device__ __forceinline__ void initialise(uint64_t* barrier, unsigned arrivals) {
    asm volatile("mbarrier.init.shared::cta.b64 [%0], %1;" ::"r"(shared_address(barrier)), "r"(arrivals) : "memory");
}
__device__ __forceinline__ void arrive(uint64_t* barrier) {
    asm volatile("mbarrier.arrive.release.cta.shared::cta.b64 _, [%0];" ::"r"(shared_address(barrier)) : "memory");
}
__device__ __forceinline__ void arrive_and_expect(uint64_t* barrier, unsigned bytes) {
    asm volatile("mbarrier.arrive.expect_tx.release.cta.shared::cta.b64 _, [%0], %1;" ::"r"(shared_address(barrier)), "r"(bytes) : "memory");
}
__device__ __forceinline__ void wait(uint64_t* barrier, unsigned parity) {
    asm volatile(
        "{\n.reg .pred over;\nagain:\n"
        "mbarrier.try_wait.parity.acquire.cta.shared::cta.b64 over, [%0], %1, 1000;\n"
        "@over bra done;\nbra again;\ndone:\n}" ::"r"(shared_address(barrier)), "r"(parity) : "memory");
}
__device__ __forceinline__ void load(void* to, const void* from, unsigned bytes, uint64_t* barrier) {
    asm volatile("cp.async.bulk.shared::cluster.global.mbarrier::complete_tx::bytes [%0], [%1], %2, [%3];" ::"r"(shared_address(to)),
                 "l"(from), "r"(bytes), "r"(shared_address(barrier)) : "memory");
}
__device__ __forceinline__ void store(void* to, const void* from, unsigned bytes) {
    asm volatile("cp.async.bulk.global.shared::cta.bulk_group [%0], [%1], %2;" ::"l"(to), "r"(shared_address(from)), "r"(bytes) : "memory");
}

// out = scale * in + sum of the chunk it lies in; `chunks` chunks a block, of 256 floats each. 160 threads: the last
// warp brings chunks in, the others work on them and one thread sends results out, all through rings of buffers.
constexpr int CHUNK = 256, RING = 3, WORKERS = 128;

extern "C" __global__ void __launch_bounds__(160) pipeline(const float* in, float* out, float scale, int chunks) {
    __shared__ __align__(128) float inbox[RING][CHUNK];
    __shared__ __align__(128) float outbox[2][CHUNK];
    __shared__ __align__(8) uint64_t full[RING], empty[RING];
    __shared__ float partial[WORKERS / 32];
    const int thread = threadIdx.x, warp = thread / 32, lane = thread % 32;
    if (thread == 0) {
        for (int i = 0; i < RING; i++) {
            initialise(&full[i], 1);
            initialise(&empty[i], WORKERS);
        }
        asm volatile("fence.mbarrier_init.release.cluster;" ::: "memory");
        asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
    }
    __syncthreads();
    const size_t first = (size_t)blockIdx.x * chunks * CHUNK;
    if (warp == WORKERS / 32) {
        if (lane == 0) {
            for (int i = 0; i < chunks; i++) {
                const int slot = i % RING;
                wait(&empty[slot], (i / RING & 1) ^ 1);
                arrive_and_expect(&full[slot], CHUNK * sizeof(float));
                load(inbox[slot], in + first + (size_t)i * CHUNK, CHUNK * sizeof(float), &full[slot]);
            }
        }
        return;
    }
    for (int i = 0; i < chunks; i++) {
        const int slot = i % RING;
        wait(&full[slot], i / RING & 1);
        const float a = inbox[slot][thread], b = inbox[slot][thread + WORKERS];
        arrive(&empty[slot]);
        float sum = a + b;
        for (int step = 16; step > 0; step /= 2) sum += __shfl_xor_sync(~0u, sum, step);
        if (lane == 0) partial[warp] = sum;
        // The outbox of two chunks ago must have been read before it is filled again.
        if (thread == 0) asm volatile("cp.async.bulk.wait_group.read 1;" ::: "memory");
        asm volatile("bar.sync 1, 128;" ::: "memory");
        sum = partial[0] + partial[1] + partial[2] + partial[3];
        outbox[i % 2][thread] = scale * a + sum;
        outbox[i % 2][thread + WORKERS] = scale * b + sum;
        asm volatile("fence.proxy.async.shared::cta;" ::: "memory");
        asm volatile("bar.sync 1, 128;" ::: "memory");
        if (thread == 0) {
            store(out + first + (size_t)i * CHUNK, outbox[i % 2], CHUNK * sizeof(float));
            asm volatile("cp.async.bulk.commit_group;" ::: "memory");
        }
    }
    if (thread == 0) asm volatile("cp.async.bulk.wait_group 0;" ::: "memory");
}

// Every thread copies with cp.async and says so at an mbarrier, which all wait for by token.
extern "C" __global__ void __launch_bounds__(128) copy_and_reverse(const float* in, float* out) {
    __shared__ __align__(16) float held[512];
    __shared__ __align__(8) uint64_t barrier;
    const int thread = threadIdx.x;
    if (thread == 0) initialise(&barrier, 128);
    __syncthreads();
    asm volatile("cp.async.ca.shared.global [%0], [%1], 16;" ::"r"(shared_address(held + 4 * thread)), "l"(in + 4 * thread) : "memory");
    asm volatile("cp.async.mbarrier.arrive.shared::cta.b64 [%0];" ::"r"(shared_address(&barrier)) : "memory");
    uint64_t token;
    asm volatile("mbarrier.arrive.shared::cta.b64 %0, [%1];" : "=l"(token) : "r"(shared_address(&barrier)) : "memory");
    asm volatile(
        "{\n.reg .pred over;\nagain:\nmbarrier.test_wait.shared::cta.b64 over, [%0], %1;\n@!over bra again;\n}" ::"r"(shared_address(&barrier)),
        "l"(token) : "memory");
    for (int i = 0; i < 4; i++) out[4 * thread + i] = held[511 - (4 * thread + i)];
}

#endif
