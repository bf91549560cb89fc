#include "decode/spelling.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <unordered_map>
#include <vector>

#include "core/module.h"
#include "decode/types.h"

namespace ridgepoint::emulator {
namespace {

struct Element {
    std::vector<std::string> names;
    bool needed;
    bool of_types;  // takes the first type that is left, or none
};

struct Rule {
    unsigned least_target = 0;
    std::vector<Element> elements;
    bool open = false;  // anything more may follow
};

// By opcode: "add", "fence.proxy".
typedef std::map<std::string, std::vector<Rule>, std::less<>> Rules;

Rules& all_rules() {
    static Rules rules;
    return rules;
}

typedef std::vector<std::string> Words;
typedef std::map<std::string, Words> Lists;

Words words_of(std::string_view text, const Lists& lists) {
    Words words;
    size_t at = 0;
    while (true) {
        while (at < text.size() && std::isspace((unsigned char)text[at])) at++;
        if (at == text.size()) return words;
        const size_t start = at;
        while (at < text.size() && !std::isspace((unsigned char)text[at])) at++;
        const std::string word(text.substr(start, at - start));
        if (word[0] != '$') {
            words.push_back(word);
            continue;
        }
        const auto list = lists.find(word);
        if (list == lists.end()) {
            std::fprintf(stderr, "spellings: %s is not a list\n", word.c_str());
            std::abort();
        }
        words.insert(words.end(), list->second.begin(), list->second.end());
    }
}

// The next word, or what is in the next brackets; takes it off the line.
std::string_view next_part(std::string_view& line) {
    while (!line.empty() && std::isspace((unsigned char)line.front())) line.remove_prefix(1);
    size_t end = 0;
    if (!line.empty() && (line.front() == '(' || line.front() == '[')) {
        end = line.find(line.front() == '(' ? ')' : ']') + 1;
    } else {
        while (end < line.size() && !std::isspace((unsigned char)line[end])) end++;
    }
    const std::string_view part = line.substr(0, end);
    line.remove_prefix(end);
    return part;
}

std::string_view inside(std::string_view part) {
    return part.front() == '(' || part.front() == '[' ? part.substr(1, part.size() - 2) : part;
}

void add_line(std::string_view line, Lists& lists) {
    std::string_view part = next_part(line);
    if (part.empty()) return;
    if (part[0] == '$') {
        const std::string name(part);
        next_part(line);  // =
        lists[name] = words_of(line, lists);
        return;
    }
    Rule rule;
    if (part[0] == '@') {
        rule.least_target = (unsigned)std::stoul(std::string(part.substr(1)));
        part = next_part(line);
    }
    const Words opcodes = words_of(inside(part), lists);
    for (part = next_part(line); !part.empty(); part = next_part(line)) {
        if (part == "*") {
            rule.open = true;
            continue;
        }
        Element element{words_of(inside(part), lists), part.front() != '[', false};
        element.of_types = type_named(element.names.front()).has_value();
        rule.elements.push_back(std::move(element));
    }
    for (const std::string& opcode : opcodes) all_rules()[opcode].push_back(rule);
}

bool meets(const Rule& rule, std::vector<std::string_view> modifiers) {
    for (const Element& element : rule.elements) {
        const auto fits = [&](std::string_view modifier) {
            return std::find(element.names.begin(), element.names.end(), modifier) != element.names.end();
        };
        const auto next = std::find_if(modifiers.begin(), modifiers.end(), [&](std::string_view modifier) {
            return element.of_types ? type_named(modifier).has_value() : fits(modifier);
        });
        if (next != modifiers.end() && fits(*next)) {
            modifiers.erase(next);
        } else if (element.needed) {
            return false;
        }
    }
    return rule.open || modifiers.empty();
}

// Those of the longest prefix that has any.
const std::vector<Rule>* rules_of(std::string_view opcode, size_t& modifiers_in_prefix) {
    for (size_t end = opcode.size(); end != std::string_view::npos && end > 0; end = opcode.rfind('.', end - 1)) {
        const auto found = all_rules().find(opcode.substr(0, end));
        if (found == all_rules().end()) continue;
        modifiers_in_prefix = (size_t)std::count(found->first.begin(), found->first.end(), '.');
        return &found->second;
    }
    return nullptr;
}

// Why not, or nothing.
std::string objection(const ptx::Instruction& instruction, unsigned target) {
    size_t in_prefix = 0;
    const std::vector<Rule>* rules = rules_of(instruction.opcode, in_prefix);
    if (rules == nullptr) return {};
    const std::vector<std::string_view> modifiers(instruction.modifiers.begin() + (ptrdiff_t)in_prefix, instruction.modifiers.end());
    unsigned needed = ~0u;
    for (const Rule& rule : *rules) {
        if (needed > rule.least_target && meets(rule, modifiers)) needed = rule.least_target;
    }
    if (needed <= target) return {};
    if (needed == ~0u) return "these modifiers do not go together";
    return "needs .target sm_" + std::to_string(needed) + " or later";
}

}  // namespace

Spellings::Spellings(std::string_view rules) {
    Lists lists;
    while (!rules.empty()) {
        const size_t end = std::min(rules.find('\n'), rules.size());
        add_line(rules.substr(0, end), lists);
        rules.remove_prefix(std::min(end + 1, rules.size()));
    }
}

unsigned target_number(const ptx::Module& module) {
    unsigned number = 0;
    for (const char c : module.target) {
        if (std::isdigit((unsigned char)c)) number = number * 10 + (unsigned)(c - '0');
    }
    return number;
}

void check_spellings(const ptx::Module& module) {
    const unsigned target = target_number(module);
    std::unordered_map<std::string_view, std::string> known;  // a kernel says the same over and over
    for (const ptx::Function& function : module.functions) {
        for (const ptx::Instruction& instruction : function.body) {
            auto found = known.find(instruction.opcode);
            if (found == known.end()) found = known.emplace(instruction.opcode, objection(instruction, target)).first;
            if (found->second.empty()) continue;
            throw LoadError(LoadError::Kind::Malformed, instruction.at.line, instruction.at.column, std::string(instruction.opcode), found->second);
        }
    }
}

}  // namespace ridgepoint::emulator
