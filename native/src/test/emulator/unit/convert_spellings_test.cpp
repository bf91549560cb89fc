// Which spellings of cvt are taken. The table is what NVIDIA's assembler (13.0, sm_90a) took of all that the loops below can
// write; rules of ours that take more or less turn this red.
#include <set>
#include <sstream>

#include "device.h"
#include "harness.h"

using namespace testing;

namespace {

// Types of result and source, and the modifiers before them; "-" is none.
const struct {
    const char* types;
    const char* modifiers;
} TAKEN[] = {
    {"f64.f16 s16.s32 s16.s64 s16.u16 s16.u32 s16.u64 s32.s64 s32.u32 s32.u64 s64.u64 s8.s16 "
     "s8.s32 s8.s64 s8.u16 s8.u32 s8.u64 s8.u8 u16.s16 u16.s32 u16.s64 u16.s8 u16.u32 u16.u64 "
     "u32.s16 u32.s32 u32.s64 u32.s8 u32.u64 u64.s16 u64.s32 u64.s64 u64.s8 u8.s16 u8.s32 "
     "u8.s64 u8.s8 u8.u16 u8.u32 u8.u64",
     "- sat"},
    {"s16.s16 s16.s8 s16.u8 s32.s16 s32.s32 s32.s8 s32.u16 s32.u8 s64.s16 s64.s32 s64.s64 "
     "s64.s8 s64.u16 s64.u32 s64.u8 s8.s8 u16.u16 u16.u8 u32.u16 u32.u32 u32.u8 u64.u16 "
     "u64.u32 u64.u64 u64.u8 u8.u8",
     "-"},
    {"f16.f64 f16.s16 f16.s32 f16.s64 f16.s8 f16.u16 f16.u32 f16.u64 f16.u8 f64.s16 f64.s32 "
     "f64.s64 f64.s8 f64.u16 f64.u32 f64.u64 f64.u8",
     "rm rm.sat rn rn.sat rp rp.sat rz rz.sat"},
    {"s16.f16 s16.f64 s32.f16 s32.f64 s64.f16 s64.f64 s8.f16 s8.f64 u16.f16 u16.f64 u32.f16 "
     "u32.f64 u64.f16 u64.f64 u8.f16 u8.f64",
     "rmi rmi.sat rni rni.sat rpi rpi.sat rzi rzi.sat"},
    {"f32.f64 f32.s16 f32.s32 f32.s64 f32.s8 f32.u16 f32.u32 f32.u64 f32.u8",
     "rm rm.ftz rm.ftz.sat rm.sat rn rn.ftz rn.ftz.sat rn.sat rp rp.ftz rp.ftz.sat rp.sat rz "
     "rz.ftz rz.ftz.sat rz.sat"},
    {"s16.f32 s32.f32 s64.f32 s8.f32 u16.f32 u32.f32 u64.f32 u8.f32",
     "rmi rmi.ftz rmi.ftz.sat rmi.sat rni rni.ftz rni.ftz.sat rni.sat rpi rpi.ftz rpi.ftz.sat "
     "rpi.sat rzi rzi.ftz rzi.ftz.sat rzi.sat"},
    {"bf16.f64 bf16.s16 bf16.s32 bf16.s64 bf16.u16 bf16.u32 bf16.u64",
     "rm rn rp rz"},
    {"s16.bf16 s32.bf16 s64.bf16 u16.bf16 u32.bf16 u64.bf16",
     "rmi rni rpi rzi"},
    {"e4m3x2.f16x2 e4m3x2.f32 e5m2x2.f16x2 e5m2x2.f32",
     "rn.relu.satfinite rn.satfinite rn.satfinite.relu"},
    {"bf16.f16 f16.bf16 f64.bf16",
     "- rm rn rp rz"},
    {"f16.f16 f64.f64",
     "- rmi rmi.sat rni rni.sat rpi rpi.sat rzi rzi.sat sat"},
    {"f32.f16 f64.f32",
     "- ftz ftz.sat sat"},
    {"bf16x2.f32 f16x2.f32",
     "rn rn.relu rn.relu.satfinite rn.satfinite rn.satfinite.relu rz rz.relu rz.relu.satfinite "
     "rz.satfinite rz.satfinite.relu"},
    {"f16x2.e4m3x2 f16x2.e5m2x2",
     "rn rn.relu"},
    {"bf16.bf16",
     "- rmi rni rpi rzi"},
    {"f32.bf16",
     "- ftz rm rm.ftz rn rn.ftz rp rp.ftz rz rz.ftz"},
    {"f32.f32",
     "- ftz ftz.sat rmi rmi.ftz rmi.ftz.sat rmi.sat rni rni.ftz rni.ftz.sat rni.sat rpi "
     "rpi.ftz rpi.ftz.sat rpi.sat rzi rzi.ftz rzi.ftz.sat rzi.sat sat"},
    {"bf16.f32",
     "rm rm.ftz rn rn.ftz rn.relu rn.satfinite rp rp.ftz rz rz.ftz rz.relu rz.satfinite"},
    {"f16.f32",
     "rm rm.ftz rm.ftz.sat rm.sat rn rn.ftz rn.ftz.sat rn.relu rn.sat rn.satfinite rp rp.ftz "
     "rp.ftz.sat rp.sat rz rz.ftz rz.ftz.sat rz.relu rz.sat rz.satfinite"},
    {"tf32.f32",
     "rn rn.relu rna rna.satfinite rz rz.relu"}
};

std::vector<std::string> words(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> all;
    for (std::string word; in >> word;) all.push_back(word);
    return all;
}

std::set<std::string> taken() {
    std::set<std::string> all;
    for (const auto& row : TAKEN) {
        for (const std::string& types : words(row.types)) {
            for (const std::string& modifiers : words(row.modifiers)) {
                all.insert("cvt." + (modifiers == "-" ? "" : modifiers + ".") + types);
            }
        }
    }
    return all;
}

std::string joined(std::initializer_list<std::string> parts) {
    std::string text = "cvt";
    for (const std::string& part : parts) text += part.empty() ? "" : "." + part;
    return text;
}

bool loads(const std::string& instruction) {
    try {
        Module::load(kernel_around(instruction), {});
        return true;
    } catch (const LoadError&) {
        return false;
    }
}

// Registers of kernel_around, by the type that lies in them.
std::string register_of(const std::string& type, int number) {
    const auto has = [&](const char* part) { return type.find(part) != std::string::npos; };
    const char* bank = type == "f64"                                        ? "%fd"
                       : type == "f32"                                      ? "%f"
                       : type == "f16x2" || type == "bf16x2"                ? "%r"
                       : has("16") || type == "u8" || type == "s8" || has("x2") ? "%rs"
                       : has("64")                                          ? "%rd"
                                                                            : "%r";
    return bank + std::to_string(number);
}

void compare(const std::string& spelling, const std::string& operands, const std::set<std::string>& expected, unsigned& written) {
    const bool takes = loads(spelling + " " + operands + ";\n");
    if (takes != (expected.count(spelling) == 1)) harness::report(__FILE__, __LINE__, spelling + (takes ? " is taken" : " is refused"));
    written++;
}

}  // namespace

TEST("numbers to numbers") {
    const std::set<std::string> expected = taken();
    const char* const TYPES[] = {"u8", "s8", "u16", "s16", "u32", "s32", "u64", "s64", "f16", "bf16", "f32", "f64"};
    unsigned written = 0;
    for (const char* rounding : {"", "rn", "rz", "rm", "rp", "rna", "rni", "rzi", "rmi", "rpi"}) {
        for (const char* flush : {"", "ftz"}) {
            for (const char* range : {"", "sat", "satfinite", "relu"}) {
                for (const char* to : TYPES) {
                    for (const char* from : TYPES) {
                        compare(joined({rounding, flush, range, to, from}), register_of(to, 1) + ", " + register_of(from, 2), expected, written);
                    }
                }
            }
        }
    }
    CHECK_EQUAL(written, 11520u);
}

TEST("pairs and tf32") {
    const std::set<std::string> expected = taken();
    const struct {
        const char* to;
        const char* from;
    } TYPES[] = {{"f16x2", "f32"}, {"bf16x2", "f32"}, {"e4m3x2", "f32"}, {"e5m2x2", "f32"}, {"e4m3x2", "f16x2"},
                 {"e5m2x2", "f16x2"}, {"e4m3x2", "bf16x2"}, {"f16x2", "e4m3x2"}, {"f16x2", "e5m2x2"}, {"bf16x2", "e4m3x2"},
                 {"tf32", "f32"}, {"f32", "tf32"}, {"f16x2", "f16x2"}, {"f16x2", "bf16x2"}};
    unsigned written = 0;
    for (const char* rounding : {"", "rn", "rz", "rm", "rp", "rna", "rni"}) {
        for (const char* first : {"", "ftz", "sat"}) {
            for (const char* second : {"", "satfinite", "relu", "relu.satfinite", "satfinite.relu"}) {
                for (const auto& [to, from] : TYPES) {
                    const bool two = std::string(from) == "f32" && std::string(to) != "tf32";
                    const std::string sources = register_of(from, 2) + (two ? ", " + register_of(from, 3) : "");
                    compare(joined({rounding, first, second, to, from}), register_of(to, 1) + ", " + sources, expected, written);
                }
            }
        }
    }
    CHECK_EQUAL(written, 1470u);
}
