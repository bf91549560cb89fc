#include "mutation/survivors.h"

#include <sstream>
#include <stdexcept>
#include <vector>

namespace mutation {
namespace {

bool starts(const std::string& line, const std::string& with) { return line.compare(0, with.size(), with) == 0; }

std::vector<std::string> split(const std::string& text, const std::string& by) {
    std::vector<std::string> parts;
    size_t from = 0;
    for (size_t at = text.find(by); at != std::string::npos; at = text.find(by, from)) {
        parts.push_back(text.substr(from, at - from));
        from = at + by.size();
    }
    parts.push_back(text.substr(from));
    return parts;
}

class Reader {
  public:
    Arguments read(const std::string& markdown) {
        std::istringstream lines(markdown);
        for (std::string line; std::getline(lines, line);) {
            number_++;
            if (starts(line, "### ")) {
                mutants(line.substr(4));
            } else if (starts(line, "## ")) {
                kernel_ = line.substr(3);
                keys_.clear();
            } else if (!line.empty() && !keys_.empty()) {
                words(line);
            }
        }
        return arguments_;
    }

  private:
    [[noreturn]] void refuse(const std::string& what) const { throw std::invalid_argument("SURVIVORS.md, line " + std::to_string(number_) + ": " + what); }

    void mutants(const std::string& heading) {
        const size_t colon = heading.find(": ");
        if (kernel_.empty() || colon == std::string::npos) refuse("expected '### operation: place, place' below a '## kernel'");
        keys_.clear();
        for (const std::string& place : split(heading.substr(colon + 2), ", ")) {
            keys_.emplace_back(kernel_, heading.substr(0, colon), place);
            if (!arguments_.emplace(keys_.back(), Argument{}).second) refuse(text(keys_.back()) + " is argued twice");
        }
    }

    void words(const std::string& line) {
        Argument& first = arguments_.at(keys_.front());
        std::string kind = first.kind, said = line;
        if (kind.empty()) {
            const size_t colon = line.find(": ");
            kind = line.substr(0, colon);
            if (colon == std::string::npos || (kind != "equivalent" && kind != "missed")) refuse("expected 'equivalent: ' or 'missed: '");
            said = line.substr(colon + 2);
        }
        for (const Key& key : keys_) arguments_[key] = {kind, arguments_[key].text + (arguments_[key].text.empty() ? "" : " ") + said};
    }

    size_t number_ = 0;
    std::string kernel_;
    std::vector<Key> keys_;
    Arguments arguments_;
};

}  // namespace

std::string text(const Key& key) { return std::get<0>(key) + ", " + std::get<1>(key) + ", " + std::get<2>(key); }

Arguments parse_arguments(const std::string& markdown) { return Reader().read(markdown); }

}  // namespace mutation
