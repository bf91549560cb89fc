// A small test harness: TEST registers, CHECK reports and goes on, main() runs what its arguments name: files, or parts of
// the names of tests.
#pragma once

#include <functional>
#include <sstream>
#include <string>

namespace harness {

struct Test {
    Test(const char* file, const char* name, void (*body)());
};

void report(const char* file, int line, const std::string& what);

// Text of a value, for a report.
template <class T>
std::string show(const T& value) {
    std::ostringstream text;
    text << value;
    return text.str();
}
inline std::string show(unsigned char value) { return std::to_string(value); }

template <class A, class B>
void check_equal(const char* file, int line, const char* what, const A& actual, const B& expected) {
    if (actual == expected) return;
    report(file, line, std::string(what) + ": got " + show(actual) + ", expected " + show(expected));
}

// Runs the named tests, or all; returns the number of failures.
int run(int argc, char** argv);

}  // namespace harness

#define TEST_JOIN_NOW(a, b) a##b
#define TEST_JOIN(a, b) TEST_JOIN_NOW(a, b)
#define TEST(name)                                                                                              \
    static void TEST_JOIN(test_at_, __LINE__)();                                                                \
    static const harness::Test TEST_JOIN(registered_, __LINE__)(__FILE__, name, TEST_JOIN(test_at_, __LINE__)); \
    static void TEST_JOIN(test_at_, __LINE__)()

#define CHECK(condition)                                                              \
    do {                                                                              \
        if (!(condition)) harness::report(__FILE__, __LINE__, "not true: " #condition); \
    } while (false)
#define CHECK_EQUAL(actual, expected) harness::check_equal(__FILE__, __LINE__, #actual, actual, expected)
#define CHECK_CONTAINS(text, part)                                                                         \
    do {                                                                                                   \
        const std::string checked_text = (text);                                                           \
        if (checked_text.find(part) == std::string::npos)                                                  \
            harness::report(__FILE__, __LINE__, "'" + checked_text + "' does not contain '" + (part) + "'"); \
    } while (false)
