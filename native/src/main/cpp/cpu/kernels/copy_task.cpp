// The denominator of quantisers: reads so many bytes and writes so many, doing nothing else.
#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

class CopyMix final : public Kernel {
  public:
    CopyMix(const void* from, int64_t read, void* to, int64_t written)
        : from_(static_cast<const uint8_t*>(from)), read_(read), to_(static_cast<uint8_t*>(to)), written_(written) {}

    void run() override {
        const int64_t pieces = (read_ + written_) / PIECE + 1;
        for (int64_t i = 0; i < pieces; i++) {
            const I seen = gather(piece(read_, i, pieces), piece(read_, i + 1, pieces));
            spread(seen, piece(written_, i, pieces), piece(written_, i + 1, pieces));
        }
    }

  private:
    // Small enough for the first cache, large enough to stream.
    static constexpr int64_t PIECE = 8192;
    static constexpr int64_t STEP = 4 * (int64_t)sizeof(I);

    // Where piece i begins, on whole steps; the last one ends where the bytes end, but for a ragged step.
    static int64_t piece(int64_t bytes, int64_t i, int64_t pieces) { return bytes / STEP * i / pieces * STEP; }

    I gather(int64_t from, int64_t to) const {
        I a = {}, b = {}, c = {}, d = {};
        for (int64_t at = from; at < to; at += STEP) {
            a ^= load<I>(from_ + at);
            b ^= load<I>(from_ + at + 32);
            c ^= load<I>(from_ + at + 64);
            d ^= load<I>(from_ + at + 96);
        }
        return a ^ b ^ c ^ d;
    }

    void spread(I value, int64_t from, int64_t to) {
        for (int64_t at = from; at < to; at += STEP) {
            store(to_ + at, value);
            store(to_ + at + 32, value);
            store(to_ + at + 64, value);
            store(to_ + at + 96, value);
        }
    }

    const uint8_t* from_;
    int64_t read_;
    uint8_t* to_;
    int64_t written_;
};

}  // namespace

Task* copy_mix(const void* from, int64_t read, void* to, int64_t written) { return new CopyMix(from, read, to, written); }

}  // namespace ridgepoint::RIDGEPOINT_ISA
