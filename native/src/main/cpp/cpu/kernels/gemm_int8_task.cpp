// int8 products without VNNI: codes are widened to 16 bits, where pairs of products are added exactly.
#include "plain.h"
#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

constexpr int STEP = 16;

#if defined(RIDGEPOINT_V3)
typedef __m256i Wide;
RIDGEPOINT_INLINE Wide widen(const int8_t* from) { return _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i*)from)); }
RIDGEPOINT_INLINE I add_products(I sum, Wide a, Wide b) { return sum + (I)_mm256_madd_epi16(a, b); }
#else
typedef int16_t Wide __attribute__((vector_size(32)));
typedef int8_t Codes __attribute__((vector_size(16)));
RIDGEPOINT_INLINE Wide widen(const int8_t* from) { return __builtin_convertvector(load<Codes>(from), Wide); }
RIDGEPOINT_INLINE I add_products(I sum, Wide a, Wide b) {
    const I x = (I)a, y = (I)b;
    return sum + (x << 16 >> 16) * (y << 16 >> 16) + (x >> 16) * (y >> 16);
}
#endif

RIDGEPOINT_INLINE int32_t total(I v) {
    int32_t sum = 0;
    for (int i = 0; i < LANES; i++) sum += v[i];
    return sum;
}

// c[m, n] = a[m, k] b[n, k]^T, both scaled by one number each.
template <class Out>
class GemmInt8 final : public Kernel {
  public:
    GemmInt8(int64_t m, int64_t n, int64_t k, const void* a, const float* a_scale, const void* b, const float* b_scale, void* c)
        : m_(m),
          n_(n),
          k_(k),
          a_(static_cast<const int8_t*>(a)),
          a_scale_(a_scale),
          b_(static_cast<const int8_t*>(b)),
          b_scale_(b_scale),
          c_(static_cast<typename Out::Stored*>(c)) {}

    void run() override {
        // A panel of weights stays in the second cache while all rows pass over it.
        const int64_t panel = 4 * (1 + (128 << 10) / (4 * k_));
        for (int64_t n = 0; n < n_; n += panel) {
            const int64_t last = n + panel < n_ ? n + panel : n_;
            int64_t row = 0;
            for (; row + 2 <= m_; row += 2) multiply_rows<2>(row, n, last);
            if (row < m_) multiply_rows<1>(row, n, last);
        }
    }

  private:
    template <int ROWS>
    void multiply_rows(int64_t row, int64_t n, int64_t last) {
        for (; n + 4 <= last; n += 4) multiply<ROWS, 4>(row, n);
        for (; n < last; n++) multiply<ROWS, 1>(row, n);
    }

    template <int ROWS, int COLS>
    RIDGEPOINT_INLINE void multiply(int64_t row, int64_t col) {
        const int8_t* a = a_ + row * k_;
        const int8_t* b = b_ + col * k_;
        I sums[ROWS][COLS] = {};
        int64_t k = 0;
        for (; k + STEP <= k_; k += STEP) {
            Wide left[ROWS];
            for (int r = 0; r < ROWS; r++) left[r] = widen(a + r * k_ + k);
            for (int j = 0; j < COLS; j++) {
                const Wide right = widen(b + j * k_ + k);
                for (int r = 0; r < ROWS; r++) sums[r][j] = add_products(sums[r][j], left[r], right);
            }
        }
        for (int r = 0; r < ROWS; r++) {
            for (int j = 0; j < COLS; j++) {
                int32_t sum = total(sums[r][j]);
                for (int64_t i = k; i < k_; i++) sum += (int32_t)a[r * k_ + i] * b[j * k_ + i];
                const F scaled = splat((float)sum * *a_scale_ * *b_scale_);
                write<Out>(c_ + (row + r) * n_ + col + j, scaled, 1);
            }
        }
    }

    int64_t m_;
    int64_t n_;
    int64_t k_;
    const int8_t* a_;
    const float* a_scale_;
    const int8_t* b_;
    const float* b_scale_;
    typename Out::Stored* c_;
};

}  // namespace

Task* gemm_int8(int64_t m, int64_t n, int64_t k, const void* a, const void* a_scale, const void* b, const void* b_scale,
                void* c) {
    return new GemmInt8<Bf16>(m, n, k, a, static_cast<const float*>(a_scale), b, static_cast<const float*>(b_scale), c);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
