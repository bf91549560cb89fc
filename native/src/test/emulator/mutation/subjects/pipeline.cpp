// Producers and consumers over mbarriers, and copies as the CUDA library writes them.
#include "mutation/inputs.h"
#include "mutation/subjects.h"

namespace mutation {
namespace {

struct Chunks {
    size_t chunks;  // a block
    std::vector<float> in;
    std::vector<double> out;
};

constexpr size_t BLOCKS = 2, CHUNK = 256;

Chunks chunks(size_t count) {
    Chunks made{count, {}, {}};
    for (size_t i = 0; i < BLOCKS * count * CHUNK; i++) made.in.push_back((float)(i % 101) - 50);
    for (size_t i = 0; i < made.in.size(); i++) {
        double sum = 0;
        for (size_t j = i / CHUNK * CHUNK; j < (i / CHUNK + 1) * CHUNK; j++) sum += made.in[j];
        made.out.push_back(2.0 * made.in[i] + sum);
    }
    return made;
}

// Loops over chunks are unrolled four times and twice: no round, some, all, and some left; rings run round more than once.
Subject pipeline() {
    const std::vector<Chunks> cases{chunks(0), chunks(1), chunks(4), chunks(11)};
    return {"pipeline", "pipeline.90a", 90, [=](Stage& stage) {
                for (const Chunks& each : cases) {
                    const uint64_t out = stage.allocate<float>(each.in.size());
                    stage.launch("pipeline", {(uint32_t)BLOCKS, 1, 1}, {160, 1, 1}, stage.upload(each.in), out, 2.0f, (int)each.chunks);
                    stage.expect(out, each.out, 0);
                }
            }};
}

std::vector<float> counting(size_t n) {
    std::vector<float> values;
    for (size_t i = 0; i < n; i++) values.push_back((float)i);
    return values;
}

// Each chunk back to front.
std::vector<float> reversed(const std::vector<float>& in, size_t chunk) {
    std::vector<float> out;
    for (size_t i = 0; i < in.size(); i++) out.push_back(in[i / chunk * chunk + chunk - 1 - i % chunk]);
    return out;
}

Subject copy_and_reverse() {
    const auto in = counting(512), expected = reversed(in, 512);
    return {"copy_and_reverse", "pipeline.90a", 90, [=](Stage& stage) {
                const uint64_t out = stage.allocate<float>(in.size());
                stage.launch("copy_and_reverse", {1, 1, 1}, {128, 1, 1}, stage.upload(in), out);
                stage.expect_exactly(out, expected);
            }};
}

Subject by_library(const std::string& kernel) {
    const auto in = counting(768), expected = reversed(in, 256);
    return {kernel, "library_copies.80", 80, [=](Stage& stage) {
                const uint64_t out = stage.allocate<float>(in.size());
                stage.launch(kernel, {1, 1, 1}, {256, 1, 1}, stage.upload(in), out, (int)in.size());
                stage.expect_exactly(out, expected);
                // Nothing at all.
                stage.launch(kernel, {1, 1, 1}, {256, 1, 1}, stage.allocate<float>(0), stage.allocate<float>(0), 0);
            }};
}

}  // namespace

std::vector<Subject> pipeline_subjects() {
    return {pipeline(), copy_and_reverse(), by_library("reverse_by_barrier"), by_library("reverse_by_group")};
}

}  // namespace mutation
