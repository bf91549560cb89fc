#include "page.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace bench {
namespace {

std::string all_of(const std::string& path) {
    std::ifstream file(path);
    if (!file) throw std::runtime_error("cannot read " + path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

std::string processor() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.rfind("model name", 0) == 0) return line.substr(line.find(": ") + 2);
    }
    return "unknown";
}

}  // namespace

void replace_figures(const std::string& path, const std::string& figures) {
    std::string text = all_of(path);
    const size_t begin = text.find(BEGIN), end = text.find(END);
    if (begin == std::string::npos || end == std::string::npos || end < begin) {
        throw std::runtime_error(path + " lacks the lines " + BEGIN + " and " + END);
    }
    const size_t from = begin + sizeof BEGIN - 1;
    text.replace(from, end - from, "\n" + figures);
    std::ofstream file(path, std::ios::trunc);
    file << text;
    if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::string machine() {
    const std::time_t now = std::time(nullptr);
    char date[16];
    std::strftime(date, sizeof date, "%Y-%m-%d", std::gmtime(&now));
    double load[1] = {0};
    getloadavg(load, 1);
    char busy[32];
    std::snprintf(busy, sizeof busy, "%.2f", load[0]);
    return "- processor: " + processor() + "\n- taken: " + date + "\n- load average: " + busy + "\n";
}

}  // namespace bench
