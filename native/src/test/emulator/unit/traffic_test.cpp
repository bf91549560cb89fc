// What is known of a request's addresses at once, and what is counted from it, against counting lane by lane.
#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <vector>

#include "exec/reach.h"
#include "exec/traffic.h"
#include "exec/written.h"
#include "harness.h"

using namespace ridgepoint::emulator;

namespace {

struct Requested {
    LaneMask active;
    uint32_t size;
    uint64_t address[LANES];

    template <class F>
    void each(unsigned first, unsigned lanes, F f) const {
        for (unsigned i = first; i < first + lanes; i++) {
            if ((active >> i) & 1) f(address[i]);
        }
    }
};

enum class Shape { Consecutive, Uniform, Strided, Halves, Near, Far, Backwards };
constexpr Shape SHAPES[] = {Shape::Consecutive, Shape::Uniform, Shape::Strided, Shape::Halves, Shape::Near, Shape::Far, Shape::Backwards};

Requested requested(Shape shape, uint64_t origin, uint32_t size, LaneMask active, std::mt19937_64& random) {
    Requested r{active, size, {}};
    const uint64_t base = origin + random() % 64 * size, stride = (1 + random() % 40) * size;
    for (uint64_t i = 0; i < LANES; i++) {
        switch (shape) {
            case Shape::Consecutive: r.address[i] = base + i * size; break;
            case Shape::Uniform: r.address[i] = base; break;
            case Shape::Strided: r.address[i] = base + i * stride; break;
            case Shape::Halves: r.address[i] = base + i % 16 * size + i / 16 * stride; break;
            case Shape::Near: r.address[i] = base + random() % 128 * size; break;
            case Shape::Far: r.address[i] = base + random() % 4096 * size; break;
            case Shape::Backwards: r.address[i] = base + (LANES - i) * size; break;
        }
    }
    // What inactive lanes hold must not matter.
    for (uint64_t i = 0; i < LANES; i++) {
        if (((active >> i) & 1) == 0) r.address[i] = random();
    }
    return r;
}

template <class F>
void each_request(uint64_t origin, F f) {
    std::mt19937_64 random(1);
    for (const Shape shape : SHAPES) {
        for (const uint32_t size : {1u, 2u, 4u, 8u, 16u}) {
            for (int round = 0; round < 60; round++) {
                const LaneMask masks[] = {ALL_LANES, (LaneMask)random(), 1u << random() % 32, ALL_LANES << random() % 32, 0x7fffffffu};
                const LaneMask active = masks[round % 5];
                if (active != 0) f(requested(shape, origin, size, active, random));
            }
        }
    }
}

// Where upper halves of addresses are one, and where they are not.
template <class F>
void each_request_near_and_far(F f) {
    for (const uint64_t origin : {0x7000'0000'0000, 0x7000'ffff'fc00}) each_request(origin, f);
}

TEST("the reach of a request is that of its active lanes") {
    each_request_near_and_far([](const Requested& r) {
        uint64_t low = ~0ull, high = 0, bits = 0;
        r.each(0, LANES, [&](uint64_t a) { low = std::min(low, a), high = std::max(high, a), bits |= a; });
        bool consecutive = r.active == ALL_LANES;
        for (unsigned i = 0; i < LANES && consecutive; i++) consecutive = r.address[i] == r.address[0] + i * r.size;
        const Reach reach = Reach::of(r.active, r.address, r.size);
        CHECK_EQUAL(reach.low, low);
        CHECK_EQUAL(reach.high, high);
        CHECK_EQUAL(reach.bits, bits);
        CHECK_EQUAL((int)reach.pattern, (int)(low == high ? Pattern::Uniform : consecutive ? Pattern::Consecutive : Pattern::Scattered));
        CHECK(reach.within(low, high - low + r.size, r.size));
        CHECK(!reach.within(low + 1, high - low + r.size, r.size));
        CHECK(!reach.within(low, high - low + r.size - 1, r.size));
    });
}

TEST("addresses at the ends of 64 bits are within nothing") {
    for (const uint64_t wild : {0ull, 1ull, ~0ull, ~0ull - 3, 1ull << 63, (1ull << 63) - 4, 1ull << 32}) {
        for (unsigned lane = 0; lane < LANES; lane++) {
            uint64_t addresses[LANES];
            std::fill(addresses, addresses + LANES, 0x10000);
            addresses[lane] = wild;
            CHECK(!Reach::of(ALL_LANES, addresses, 4).within(0x10000, 0x1000, 4));
        }
    }
    const uint64_t small[LANES] = {};
    CHECK(!Reach::of(1, small, 16).within(0, 8, 16));
}

TEST("sectors are those of a list of all lanes") {
    std::set<uint64_t> all;
    SectorSet touched;
    GlobalTraffic traffic;
    uint64_t requests = 0, bytes = 0, sectors = 0;
    each_request(0x7000'0000'0000, [&](const Requested& r) {
        std::set<uint64_t> own;
        r.each(0, LANES, [&](uint64_t a) { own.insert(a / 32), bytes += r.size; });
        requests++;
        sectors += own.size();
        all.insert(own.begin(), own.end());
        count_global(traffic, touched, r.active, r.address, Reach::of(r.active, r.address, r.size), r.size);
        CHECK_EQUAL(traffic.sectors, sectors);
        CHECK_EQUAL(touched.count(), (uint64_t)all.size());
    });
    CHECK_EQUAL(traffic.requests, requests);
    CHECK_EQUAL(traffic.bytes, bytes);
}

// Words by bank; 8 bytes a lane are served in halves of a warp, 16 in quarters.
TEST("wavefronts are those of a list of words for each bank") {
    each_request(1024, [](const Requested& r) {
        uint64_t passes = 0, ideal = 0;
        const unsigned group = r.size <= 4 ? 32 : r.size == 8 ? 16 : 8;
        for (unsigned first = 0; first < LANES; first += group) {
            std::map<uint64_t, std::set<uint64_t>> banks;
            std::set<uint64_t> words;
            r.each(first, group, [&](uint64_t a) {
                for (uint64_t word = a / 4; word <= (a + r.size - 1) / 4; word++) banks[word % 32].insert(word), words.insert(word);
            });
            size_t most = 0;
            for (const auto& bank : banks) most = std::max(most, bank.second.size());
            passes += most;
            ideal += (words.size() + 31) / 32;
        }
        SharedTraffic traffic;
        count_shared(traffic, r.active, r.address, Reach::of(r.active, r.address, r.size), r.size);
        CHECK_EQUAL(traffic.wavefronts, passes);
        CHECK_EQUAL(traffic.ideal_wavefronts, ideal);
    });
}

TEST("bytes are marked as written, and no others") {
    std::mt19937 random(2);
    for (int round = 0; round < 2000; round++) {
        std::vector<uint8_t> bits(40), expected;
        for (uint8_t& byte : bits) byte = random() % 3 == 0 ? (uint8_t)random() : (uint8_t)0;
        expected = bits;
        const uint64_t first = random() % 160, count = random() % 161;
        for (uint64_t i = first; i < first + count; i++) expected[i / 8] = (uint8_t)(expected[i / 8] | 1 << (i % 8));
        mark_written(bits.data(), first, count);
        CHECK(bits == expected);
    }
}

}  // namespace
