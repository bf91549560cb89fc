// Turns AWQ's and GPTQ's int4 into the plain [K, N] nibbles and [K/128, N] zero points that oneDNN reads; symmetric codes, in
// GPTQ's words, into nibbles in two's complement.
#include <stdexcept>
#include <string>

#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

constexpr int64_t GROUP = 128;
constexpr int64_t WORD = 8;

// Where channel j of eight lies in AWQ's words.
constexpr int AWQ_NIBBLE[WORD] = {0, 4, 1, 5, 2, 6, 3, 7};

// From codes with a zero point of 8 to two's complement and back: 8 less is the highest bit turned.
constexpr uint32_t SIGNED = 0x88888888;

uint32_t word_at(const uint8_t* words, int64_t index) {
    uint32_t word;
    std::memcpy(&word, words + 4 * index, sizeof word);
    return word;
}

class RepackInt4 final : public Kernel {
  public:
    RepackInt4(const std::string& id, int64_t n, int64_t k, const void* codes, const void* zeros, void* plain_codes,
               void* plain_zeros)
        : awq_(id == "int4_g128_awq"),
          symmetric_(id == "int4_g128_sym"),
          n_(n),
          k_(k),
          codes_(static_cast<const uint8_t*>(codes)),
          zeros_(static_cast<const uint8_t*>(zeros)),
          plain_codes_(static_cast<uint8_t*>(plain_codes)),
          plain_zeros_(static_cast<int8_t*>(plain_zeros)) {}

    void run() override {
        if (awq_) {
            for (int64_t i = 0; i < k_ * n_ / WORD; i++) store_word(i, in_order(word_at(codes_, i)));
        } else {
            for (int64_t row = 0; row < k_; row += WORD) {
                for (int64_t col = 0; col < n_; col += WORD) transpose(row, col);
            }
        }
        if (symmetric_) return;
        for (int64_t i = 0; i < k_ / GROUP * n_; i++) plain_zeros_[i] = zero(i);
    }

  private:
    static uint32_t in_order(uint32_t word) {
        uint32_t plain = 0;
        for (int j = 0; j < WORD; j++) plain |= (word >> 4 * AWQ_NIBBLE[j] & 0xF) << 4 * j;
        return plain;
    }

    void store_word(int64_t index, uint32_t word) { std::memcpy(plain_codes_ + 4 * index, &word, sizeof word); }

    // Eight columns of eight channels: GPTQ's words run along K, plain ones along N.
    void transpose(int64_t row, int64_t col) {
        uint32_t plain[WORD] = {};
        for (int j = 0; j < WORD; j++) {
            const uint32_t word = word_at(codes_, row / WORD * n_ + col + j);
            for (int i = 0; i < WORD; i++) plain[i] |= (word >> 4 * i & 0xF) << 4 * j;
        }
        for (int i = 0; i < WORD; i++) store_word(((row + i) * n_ + col) / WORD, symmetric_ ? plain[i] ^ SIGNED : plain[i]);
    }

    int8_t zero(int64_t i) const {
        const uint32_t word = word_at(zeros_, i / WORD);
        const int j = (int)(i % WORD);
        return (int8_t)(awq_ ? word >> 4 * AWQ_NIBBLE[j] & 0xF : ((word >> 4 * j & 0xF) + 1) & 0xF);
    }

    bool awq_;
    bool symmetric_;
    int64_t n_;
    int64_t k_;
    const uint8_t* codes_;
    const uint8_t* zeros_;
    uint8_t* plain_codes_;
    int8_t* plain_zeros_;
};

}  // namespace

Task* repack_int4(const char* format, int64_t n, int64_t k, const void* codes, const void* zeros, void* plain_codes,
                  void* plain_zeros) {
    const std::string id = format;
    if (id != "int4_g128_awq" && id != "int4_g128_gptq" && id != "int4_g128_sym") {
        throw std::invalid_argument("no int4 layout of " + id);
    }
    if (n % WORD != 0 || k % GROUP != 0) throw std::invalid_argument("int4 is repacked in whole words and groups");
    return new RepackInt4(id, n, k, codes, zeros, plain_codes, plain_zeros);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
