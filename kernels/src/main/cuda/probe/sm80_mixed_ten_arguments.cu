// Takes an argument of every size and alignment a kernel of ours has, and shows what arrived: each value's bits in a
// word of its own. A null `seen` makes it the ten-argument twin of the empty kernel.
#include <cstdint>

extern "C" __global__ void probe_sm80_mixed_ten_arguments(uint64_t* seen, uint8_t a, uint16_t b, uint32_t c, uint64_t d,
                                                          float e, double f, const void* g, uint8_t h, uint64_t i) {
    if (seen == nullptr || threadIdx.x != 0 || blockIdx.x != 0) {
        return;
    }
    seen[0] = reinterpret_cast<uint64_t>(seen);
    seen[1] = a;
    seen[2] = b;
    seen[3] = c;
    seen[4] = d;
    seen[5] = __float_as_uint(e);
    seen[6] = static_cast<uint64_t>(__double_as_longlong(f));
    seen[7] = reinterpret_cast<uint64_t>(g);
    seen[8] = h;
    seen[9] = i;
}
