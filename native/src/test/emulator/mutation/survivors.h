// The arguments for what survives: SURVIVORS.md, written by hand and held against every run.
#pragma once

#include <map>
#include <string>
#include <tuple>

namespace mutation {

// A mutant by what stays when other code changes: kernel, operation, place.
typedef std::tuple<std::string, std::string, std::string> Key;
std::string text(const Key& key);

struct Argument {
    std::string kind;  // "equivalent", or "missed" for what is wrong and goes unseen
    std::string text;
};

typedef std::map<Key, Argument> Arguments;

// Sections "## kernel" hold "### operation: place, place" and below each "kind: text". Throws std::invalid_argument with
// the line of what it cannot read, and of a mutant argued twice.
Arguments parse_arguments(const std::string& markdown);

}  // namespace mutation
