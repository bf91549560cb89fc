// Timing on a machine that others may be using: processor time, and two ways to do the same in turn.
#pragma once

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <vector>

namespace bench {

inline double seconds(clockid_t clock) {
    timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

template <class F>
double time_of(clockid_t clock, F work) {
    const double start = seconds(clock);
    work();
    return seconds(clock) - start;
}

inline double quantile(std::vector<double> values, double q) {
    std::sort(values.begin(), values.end());
    return values[(size_t)((double)(values.size() - 1) * q + 0.5)];
}

struct Ratio {
    std::vector<double> ours, theirs, ratios;  // of each round
    double at(double q) const { return quantile(ratios, q); }
};

// Rounds of A B B A after one of each that is not timed: other load meets both.
template <class A, class B>
Ratio in_turn(clockid_t clock, int rounds, A ours, B theirs) {
    ours();
    theirs();
    Ratio found;
    for (int i = 0; i < rounds; i++) {
        double a = time_of(clock, ours);
        double b = time_of(clock, theirs);
        b += time_of(clock, theirs);
        a += time_of(clock, ours);
        found.ours.push_back(a / 2);
        found.theirs.push_back(b / 2);
        found.ratios.push_back(a / b);
    }
    return found;
}

}  // namespace bench
