// Texts that are almost PTX: loading must succeed or throw LoadError, and nothing else. Seeded, bounded; for longer with
// RIDGEPOINT_FUZZ_SECONDS=600 in the environment, by other seeds. The mutant that a crash leaves behind is fuzz_last.ptx.
#include <algorithm>
#include <cctype>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>

#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

std::vector<std::string> corpus() {
    std::vector<std::string> texts;
    for (const auto& file : std::filesystem::directory_iterator(RIDGEPOINT_CORPUS)) texts.push_back(read_text(file.path().string()));
    std::sort(texts.begin(), texts.end());
    return texts;
}

// Pieces between blanks and punctuation, with these as pieces of their own.
std::vector<std::string> pieces_of(const std::string& text) {
    std::vector<std::string> pieces(1);
    for (const char c : text) {
        const bool word = std::isalnum((unsigned char)c) || c == '_' || c == '%' || c == '$';
        if (!word) pieces.emplace_back();
        pieces.back() += c;
        if (!word) pieces.emplace_back();
    }
    return pieces;
}

std::string joined(const std::vector<std::string>& pieces) {
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    return text;
}

const char* const ODDITIES[] = {"", "{", "}", "(", ")", "[", "]", ";", ",", ".", ":", "@", "|", "!", "-", "+", "_", "%", "\"", "/*", "//", "0", "1", "-1", "65", "4294967295",
                                "18446744073709551615", "99999999999999999999", "0x", "0f3F800000", "0d0", "1.0e999", "%tid.x", "%r1", "%p1", "%rd1", "v4", "u64", "pred", "b128",
                                "f16x2", "param", "shared", "local", "sat", "wide", "sync", "ret", "bra", "call", ".reg", ".align", ".func", ".entry", "\xff", "\n"};

std::string mutated(const std::vector<std::string>& source, std::mt19937& random) {
    std::vector<std::string> pieces = source;
    const auto any = [&] { return random() % pieces.size(); };
    for (unsigned changes = 1 + random() % 4; changes > 0; changes--) {
        switch (random() % 5) {
            case 0: pieces[any()] = ODDITIES[random() % (sizeof ODDITIES / sizeof *ODDITIES)]; break;
            case 1: pieces.erase(pieces.begin() + (ptrdiff_t)any()); break;
            case 2: std::swap(pieces[any()], pieces[any()]); break;
            case 3: pieces.insert(pieces.begin() + (ptrdiff_t)any(), pieces[any()]); break;
            default: {
                std::string& piece = pieces[any()];
                if (!piece.empty()) piece[random() % piece.size()] = (char)random();
            }
        }
    }
    if (random() % 50 == 0) pieces.resize(any() + 1);
    return joined(pieces);
}

// Whether it was loaded; reports what is neither that nor a refusal.
bool loads(const std::string& mutant, int number) {
    try {
        Module::load(mutant, {});
        return true;
    } catch (const LoadError&) {
    } catch (const std::exception& error) {
        harness::report("mutant", number, std::string(error.what()) + " for\n" + mutant);
    }
    return false;
}

}  // namespace

TEST("mutated texts are loaded or refused") {
    std::mt19937 random(2026);
    unsigned loaded = 0, refused = 0;
    const auto texts = corpus();
    CHECK(!texts.empty());
    for (const std::string& text : texts) {
        try {
            Module::load(text, {});
        } catch (const LoadError& error) {
            harness::report("corpus", 0, error.what());
        }
        const auto pieces = pieces_of(text);
        for (int i = 0; i < RIDGEPOINT_FUZZ_ROUNDS; i++) {
            (loads(mutated(pieces, random), i) ? loaded : refused)++;
        }
    }
    CHECK(loaded > 0);
    CHECK(refused > 0);
}

TEST("and for as long as is asked for") {
    const char* const seconds = std::getenv("RIDGEPOINT_FUZZ_SECONDS");
    if (seconds == nullptr) return;
    std::vector<std::vector<std::string>> sources;
    for (const std::string& text : corpus()) sources.push_back(pieces_of(text));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(std::atoi(seconds));
    std::mt19937 random(std::random_device{}());
    int mutants = 0, loaded = 0;
    for (; std::chrono::steady_clock::now() < end; mutants++) {
        const std::string mutant = mutated(sources[(size_t)mutants % sources.size()], random);
        std::ofstream("fuzz_last.ptx") << mutant;
        if (loads(mutant, mutants)) loaded++;
    }
    std::remove("fuzz_last.ptx");
    std::printf("%d mutants, %d loaded\n", mutants, loaded);
}
