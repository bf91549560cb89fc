#include "hazard/idioms.h"

#include <cstring>
#include <set>
#include <string>

#include "decode/code.h"
#include "exec/cta.h"
#include "exec/warp.h"

namespace ridgepoint::emulator {
namespace {

// "atom.global.cas.b32 %r3, [%rd1], %r1, %r2;" in words, without punctuation but for brackets.
std::vector<std::string> words(std::string_view line) {
    std::vector<std::string> words;
    std::string word;
    for (const char c : line) {
        if (std::strchr(" \t,;{}", c) == nullptr) {
            word += c;
        } else if (!word.empty()) {
            words.push_back(std::move(word));
            word.clear();
        }
    }
    if (!word.empty()) words.push_back(std::move(word));
    // The guard, "@%p1" or "@!%p1".
    if (!words.empty() && words.front()[0] == '@') words.erase(words.begin());
    return words;
}

bool starts(const std::string& word, const char* with) { return word.rfind(with, 0) == 0; }

bool writes_what_is_there(const Access& access, const Accessor& me) {
    return access.values != nullptr && access.values->equals(me.lane(), access.places[me.lane()]);
}

// One instruction that initialises one mbarrier from many threads, before anyone has arrived there.
bool initialises_again(const Code& code, uint32_t pc, const Conflict& conflict) {
    return conflict.other_wrote && conflict.other.pc() == pc && code.source(code.lines[pc]).find("mbarrier.init") != std::string_view::npos;
}

}  // namespace

bool is_expected(std::string_view load, const std::vector<std::string_view>& lines) {
    const std::vector<std::string> loaded = words(load);
    if (loaded.size() < 3 || !starts(loaded[0], "ld")) return false;
    std::set<std::string> names = {loaded[1]};
    for (bool more = true; more;) {
        more = false;
        for (const std::string_view line : lines) {
            const std::vector<std::string> said = words(line);
            if (said.size() == 3 && starts(said[0], "mov.") && names.count(said[2]) != 0) more |= names.insert(said[1]).second;
            const bool swaps = said.size() == 5 && starts(said[0], "atom") && said[0].find(".cas") != std::string::npos;
            if (swaps && names.count(said[3]) != 0) return true;
        }
    }
    return false;
}

bool Idioms::guesses(const Code& code, uint32_t load) {
    const auto known = guesses_.find(load);
    if (known != guesses_.end()) return known->second;
    const Function& function = code.functions[code.function_at(load)];
    std::vector<std::string_view> lines;
    uint32_t last = 0;
    for (uint32_t pc = function.start; pc < code.ops.size() && code.function_at(pc) == code.function_at(load); pc++) {
        if (code.lines[pc] != last) lines.push_back(code.source(last = code.lines[pc]));
    }
    return guesses_[load] = is_expected(code.source(code.lines[load]), lines);
}

bool Idioms::excuse(const Warp& warp, const Access& access, const Accessor& me, const Conflict& conflict) {
    if (access.asynchronous() || conflict.other.is_work()) return false;
    if (access.kind == AccessKind::Store && writes_what_is_there(access, me)) return true;
    const Code& code = warp.cta().launch().code;
    if (initialises_again(code, warp.pc(), conflict)) return true;
    if (access.kind == AccessKind::Load) {
        return conflict.other_wrote && conflict.other.strength() != Strength::Weak && guesses(code, warp.pc());
    }
    if (conflict.other_wrote) return false;
    if (me.atomic) return guesses(code, conflict.other.pc());
    return me.history.agent_of(conflict.other.time()) == me.agent;
}

}  // namespace ridgepoint::emulator
