// A page of figures: what stands between its markers is replaced, the rest is its author's.
#pragma once

#include <string>

namespace bench {

constexpr char BEGIN[] = "<!-- ridgepoint:emulator-figures:begin -->";
constexpr char END[] = "<!-- ridgepoint:emulator-figures:end -->";

// Throws std::runtime_error if the file cannot be read or lacks a marker.
void replace_figures(const std::string& path, const std::string& figures);
// The processor's name, the date, and how busy the machine is, one line each.
std::string machine();

}  // namespace bench
