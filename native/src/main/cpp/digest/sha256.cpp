#include "sha256.h"

#include <cpuid.h>
#include <immintrin.h>

#include <cstring>
#include <initializer_list>

#define RIDGEPOINT_INLINE inline __attribute__((always_inline))
#define RIDGEPOINT_BMI __attribute__((target("bmi,bmi2")))
#define RIDGEPOINT_AVX2 __attribute__((target("avx2,bmi,bmi2")))
#define RIDGEPOINT_SHA __attribute__((target("sha,sse4.1")))

namespace ridgepoint {
namespace {

constexpr size_t kRounds = 64;
constexpr size_t kMessageWords = 16;

// First 32 bits of the fractional parts of the cube roots of the first 64 primes.
alignas(16) constexpr uint32_t kConstants[kRounds] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

RIDGEPOINT_INLINE uint32_t rotated(uint32_t x, int right) { return x >> right | x << (32 - right); }

RIDGEPOINT_INLINE uint32_t big_endian(const uint8_t* bytes) {
    uint32_t word;
    std::memcpy(&word, bytes, sizeof word);
    return __builtin_bswap32(word);
}

RIDGEPOINT_INLINE void round(uint32_t a, uint32_t b, uint32_t c, uint32_t& d, uint32_t e, uint32_t f, uint32_t g,
                             uint32_t& h, uint32_t message_and_constant) {
    uint32_t first = h + (rotated(e, 6) ^ rotated(e, 11) ^ rotated(e, 25)) + ((e & (f ^ g)) ^ g) + message_and_constant;
    uint32_t second = (rotated(a, 2) ^ rotated(a, 13) ^ rotated(a, 22)) + ((a & b) | (c & (a | b)));
    d += first;
    h = first + second;
}

// The message words sixteen rounds on, in place of those of now.
RIDGEPOINT_INLINE void extend(uint32_t* w) {
    for (size_t i = 0; i < kMessageWords; i++) {
        uint32_t near = w[(i + 14) % kMessageWords];
        uint32_t far = w[(i + 1) % kMessageWords];
        w[i] += (rotated(near, 17) ^ rotated(near, 19) ^ near >> 10) + w[(i + 9) % kMessageWords] +
                (rotated(far, 7) ^ rotated(far, 18) ^ far >> 3);
    }
}

// All rounds of a block. Words and constants are added already, four in a row and `apart` from the next four.
RIDGEPOINT_INLINE void rounds(uint32_t* state, const uint32_t* sums, size_t apart) {
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (size_t i = 0; i < kRounds; i += 8, sums += 2 * apart) {
        round(a, b, c, d, e, f, g, h, sums[0]);
        round(h, a, b, c, d, e, f, g, sums[1]);
        round(g, h, a, b, c, d, e, f, sums[2]);
        round(f, g, h, a, b, c, d, e, sums[3]);
        round(e, f, g, h, a, b, c, d, sums[apart]);
        round(d, e, f, g, h, a, b, c, sums[apart + 1]);
        round(c, d, e, f, g, h, a, b, sums[apart + 2]);
        round(b, c, d, e, f, g, h, a, sums[apart + 3]);
    }
    const uint32_t after[kStateWords] = {a, b, c, d, e, f, g, h};
    for (size_t i = 0; i < kStateWords; i++) {
        state[i] += after[i];
    }
}

RIDGEPOINT_INLINE void in_integers(uint32_t* state, const uint8_t* bytes, size_t blocks) {
    for (; blocks > 0; blocks--, bytes += kBlockBytes) {
        uint32_t w[kMessageWords];
        for (size_t i = 0; i < kMessageWords; i++) {
            w[i] = big_endian(bytes + 4 * i);
        }
        uint32_t sums[kRounds];
        for (size_t first = 0; first < kRounds; first += kMessageWords) {
            if (first > 0) {
                extend(w);
            }
            for (size_t i = 0; i < kMessageWords; i++) {
                sums[first + i] = w[i] + kConstants[first + i];
            }
        }
        rounds(state, sums, 4);
    }
}

void plain(uint32_t* state, const uint8_t* bytes, size_t blocks) { in_integers(state, bytes, blocks); }

// The same with rotations that need no move.
RIDGEPOINT_BMI void bmi(uint32_t* state, const uint8_t* bytes, size_t blocks) { in_integers(state, bytes, blocks); }

// Four words of one block in the lower half, of the next block in the upper.
RIDGEPOINT_AVX2 RIDGEPOINT_INLINE __m256i four_words_of_two(const uint8_t* one, const uint8_t* other) {
    const __m256i big_endian = _mm256_broadcastsi128_si256(
        _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3));
    __m128i low = _mm_loadu_si128(reinterpret_cast<const __m128i*>(one));
    __m128i high = _mm_loadu_si128(reinterpret_cast<const __m128i*>(other));
    return _mm256_shuffle_epi8(_mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1), big_endian);
}

RIDGEPOINT_AVX2 RIDGEPOINT_INLINE __m256i rotated(__m256i x, int right) {
    return _mm256_or_si256(_mm256_srli_epi32(x, right), _mm256_slli_epi32(x, 32 - right));
}

// What two words, each there twice, add to those two places on; in the lower half of each pair.
RIDGEPOINT_AVX2 RIDGEPOINT_INLINE __m256i near_terms(__m256i twice) {
    return _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(twice, 17), _mm256_srli_epi64(twice, 19)),
                            _mm256_srli_epi32(twice, 10));
}

// The four words that follow sixteen, of both blocks. The last two of them need the first two.
RIDGEPOINT_AVX2 RIDGEPOINT_INLINE __m256i next_words_of_two(__m256i w0, __m256i w4, __m256i w8, __m256i w12) {
    const __m256i to_first = _mm256_broadcastsi128_si256(
        _mm_set_epi8(-1, -1, -1, -1, -1, -1, -1, -1, 11, 10, 9, 8, 3, 2, 1, 0));
    const __m256i to_last = _mm256_broadcastsi128_si256(
        _mm_set_epi8(11, 10, 9, 8, 3, 2, 1, 0, -1, -1, -1, -1, -1, -1, -1, -1));
    __m256i far = _mm256_alignr_epi8(w4, w0, 4);
    __m256i far_terms =
        _mm256_xor_si256(_mm256_xor_si256(rotated(far, 7), rotated(far, 18)), _mm256_srli_epi32(far, 3));
    __m256i sum = _mm256_add_epi32(_mm256_add_epi32(w0, far_terms), _mm256_alignr_epi8(w12, w8, 4));
    __m256i first = near_terms(_mm256_shuffle_epi32(w12, _MM_SHUFFLE(3, 3, 2, 2)));
    sum = _mm256_add_epi32(sum, _mm256_shuffle_epi8(first, to_first));
    __m256i last = near_terms(_mm256_shuffle_epi32(sum, _MM_SHUFFLE(1, 1, 0, 0)));
    return _mm256_add_epi32(sum, _mm256_shuffle_epi8(last, to_last));
}

RIDGEPOINT_AVX2 RIDGEPOINT_INLINE void add_constants(uint32_t* sums, __m256i words, const uint32_t* k) {
    __m128i four = _mm_load_si128(reinterpret_cast<const __m128i*>(k));
    _mm256_store_si256(reinterpret_cast<__m256i*>(sums), _mm256_add_epi32(words, _mm256_broadcastsi128_si256(four)));
}

// The words of two blocks side by side, the rounds in integers.
RIDGEPOINT_AVX2 void avx2(uint32_t* state, const uint8_t* bytes, size_t blocks) {
    while (blocks > 0) {
        bool two = blocks > 1;
        const uint8_t* other = two ? bytes + kBlockBytes : bytes;
        __m256i w0 = four_words_of_two(bytes, other);
        __m256i w4 = four_words_of_two(bytes + 16, other + 16);
        __m256i w8 = four_words_of_two(bytes + 32, other + 32);
        __m256i w12 = four_words_of_two(bytes + 48, other + 48);
        alignas(32) uint32_t sums[2 * kRounds];
        for (size_t first = 0; first < kRounds; first += kMessageWords) {
            if (first > 0) {
                w0 = next_words_of_two(w0, w4, w8, w12);
                w4 = next_words_of_two(w4, w8, w12, w0);
                w8 = next_words_of_two(w8, w12, w0, w4);
                w12 = next_words_of_two(w12, w0, w4, w8);
            }
            const uint32_t* k = kConstants + first;
            add_constants(sums + 2 * first, w0, k);
            add_constants(sums + 2 * first + 8, w4, k + 4);
            add_constants(sums + 2 * first + 16, w8, k + 8);
            add_constants(sums + 2 * first + 24, w12, k + 12);
        }
        rounds(state, sums, 8);
        if (two) {
            rounds(state, sums + 4, 8);
        }
        blocks -= two ? 2 : 1;
        bytes += two ? 2 * kBlockBytes : kBlockBytes;
    }
}

// Words a, b, e, f and c, d, g, h, the first in the highest place: what the instruction for two rounds takes.
struct Halves {
    __m128i abef;
    __m128i cdgh;
};

RIDGEPOINT_SHA RIDGEPOINT_INLINE Halves two_rounds(Halves s, __m128i low_words) {
    return {_mm_sha256rnds2_epu32(s.cdgh, s.abef, low_words), s.abef};
}

RIDGEPOINT_SHA RIDGEPOINT_INLINE Halves four_rounds(Halves s, __m128i message, const uint32_t* k) {
    __m128i words = _mm_add_epi32(message, _mm_load_si128(reinterpret_cast<const __m128i*>(k)));
    return two_rounds(two_rounds(s, words), _mm_unpackhi_epi64(words, words));
}

// The four words that follow sixteen.
RIDGEPOINT_SHA RIDGEPOINT_INLINE __m128i next_words(__m128i w0, __m128i w4, __m128i w8, __m128i w12) {
    __m128i sum = _mm_add_epi32(_mm_sha256msg1_epu32(w0, w4), _mm_alignr_epi8(w12, w8, 4));
    return _mm_sha256msg2_epu32(sum, w12);
}

RIDGEPOINT_SHA RIDGEPOINT_INLINE __m128i four_words(const uint8_t* bytes) {
    const __m128i big_endian = _mm_set_epi8(12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3);
    return _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes)), big_endian);
}

RIDGEPOINT_SHA RIDGEPOINT_INLINE __m128i words(uint32_t highest, uint32_t high, uint32_t low, uint32_t lowest) {
    return _mm_set_epi32(static_cast<int>(highest), static_cast<int>(high), static_cast<int>(low),
                         static_cast<int>(lowest));
}

RIDGEPOINT_SHA void sha(uint32_t* state, const uint8_t* bytes, size_t blocks) {
    Halves sum = {words(state[0], state[1], state[4], state[5]), words(state[2], state[3], state[6], state[7])};
    for (; blocks > 0; blocks--, bytes += kBlockBytes) {
        __m128i w0 = four_words(bytes);
        __m128i w4 = four_words(bytes + 16);
        __m128i w8 = four_words(bytes + 32);
        __m128i w12 = four_words(bytes + 48);
        Halves s = sum;
        for (size_t first = 0; first < kRounds; first += kMessageWords) {
            if (first > 0) {
                w0 = next_words(w0, w4, w8, w12);
                w4 = next_words(w4, w8, w12, w0);
                w8 = next_words(w8, w12, w0, w4);
                w12 = next_words(w12, w0, w4, w8);
            }
            const uint32_t* k = kConstants + first;
            s = four_rounds(s, w0, k);
            s = four_rounds(s, w4, k + 4);
            s = four_rounds(s, w8, k + 8);
            s = four_rounds(s, w12, k + 12);
        }
        sum = {_mm_add_epi32(sum.abef, s.abef), _mm_add_epi32(sum.cdgh, s.cdgh)};
    }
    alignas(16) uint32_t feba[4];
    alignas(16) uint32_t hgdc[4];
    _mm_store_si128(reinterpret_cast<__m128i*>(feba), sum.abef);
    _mm_store_si128(reinterpret_cast<__m128i*>(hgdc), sum.cdgh);
    const uint32_t whole[kStateWords] = {feba[3], feba[2], hgdc[3], hgdc[2], feba[1], feba[0], hgdc[1], hgdc[0]};
    std::memcpy(state, whole, sizeof whole);
}

bool has_sha() {
    constexpr unsigned kShaExtensions = 1u << 29;
    unsigned eax, ebx, ecx, edx;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) && (ebx & kShaExtensions) != 0 &&
           __builtin_cpu_supports("sse4.1");
}

// A processor, or what plays one, may name an instruction and not have it right.
bool agrees(Form form) {
    uint8_t text[3 * kBlockBytes];
    for (size_t i = 0; i < sizeof text; i++) {
        text[i] = static_cast<uint8_t>(167 * i + 13);
    }
    uint32_t expected[kStateWords] = {1, 2, 3, 4, 5, 6, 7, 0x80000000};
    uint32_t found[kStateWords];
    std::memcpy(found, expected, sizeof found);
    compress(Form::kPlain, expected, text, 3);
    compress(form, found, text, 3);
    return std::memcmp(expected, found, sizeof found) == 0;
}

}  // namespace

void compress(Form form, uint32_t* state, const uint8_t* bytes, size_t blocks) {
    switch (form) {
        case Form::kSha:
            return sha(state, bytes, blocks);
        case Form::kAvx2:
            return avx2(state, bytes, blocks);
        case Form::kBmi:
            return bmi(state, bytes, blocks);
        default:
            return plain(state, bytes, blocks);
    }
}

bool has(Form form) {
    switch (form) {
        case Form::kSha:
            return has_sha();
        case Form::kAvx2:
            return __builtin_cpu_supports("avx2") && has(Form::kBmi);
        case Form::kBmi:
            return __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
        default:
            return true;
    }
}

Form fastest() {
    for (Form form : {Form::kSha, Form::kAvx2, Form::kBmi}) {
        if (has(form) && agrees(form)) {
            return form;
        }
    }
    return Form::kPlain;
}

}  // namespace ridgepoint
