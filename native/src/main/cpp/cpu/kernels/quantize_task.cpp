// Looks a format up by its id and binds it to its buffers.
#include <algorithm>
#include <stdexcept>
#include <string>

#include "format.h"
#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

const Format& format_named(const std::string& id) {
    for (const auto* family : {&int8_formats(), &fp8_formats(), &int4_formats(), &gguf_formats(), &microscaling_formats()}) {
        for (const Format& format : *family) {
            if (id == format.id) return format;
        }
    }
    throw std::invalid_argument("no native kernel for the format " + id);
}

size_t plain_index(const std::string& type) {
    const auto* found = std::find(std::begin(PLAIN_TYPES), std::end(PLAIN_TYPES), type);
    if (found == std::end(PLAIN_TYPES)) throw std::invalid_argument("no native kernel reads or writes " + type);
    return (size_t)(found - std::begin(PLAIN_TYPES));
}

Matrix bind(int64_t rows, int64_t cols, const void* plain, Quantised q) {
    const size_t padded = (size_t)cols + 2 * LANES;
    const size_t known = (size_t)(GROUPED_ROWS * groups_of(cols, NARROWEST_GROUP) * GROUP_BYTES);
    return {rows, cols, const_cast<void*>(plain), static_cast<uint8_t*>(q.codes), static_cast<uint8_t*>(q.scales),
            static_cast<uint8_t*>(q.zeros), static_cast<float*>(q.tensor_scale), std::vector<float>(padded),
            std::vector<int32_t>(padded), std::vector<char>(known)};
}

class Quantize final : public Kernel {
  public:
    Quantize(Encode encode, Matrix matrix) : encode_(encode), matrix_(std::move(matrix)) {}
    void run() override { encode_(matrix_); }

  private:
    Encode encode_;
    Matrix matrix_;
};

class Dequantize final : public Kernel {
  public:
    Dequantize(Decode decode, Matrix matrix, int64_t from, int64_t to, void* y)
        : decode_(decode), matrix_(std::move(matrix)), from_(from), to_(to), y_(y) {}
    void run() override { decode_(matrix_, from_, to_, y_); }

  private:
    Decode decode_;
    Matrix matrix_;
    int64_t from_;
    int64_t to_;
    void* y_;
};

}  // namespace

Task* quantize(const char* format, const char* plain, int64_t rows, int64_t cols, const void* x, Quantised to) {
    const Encode encode = format_named(format).encode[plain_index(plain)];
    if (encode == nullptr) throw std::invalid_argument("the published quantiser of " + std::string(format) + " is a search");
    return new Quantize(encode, bind(rows, cols, x, to));
}

Task* dequantize(const char* format, const char* plain, int64_t rows, int64_t cols, int64_t from, int64_t to,
                 Quantised in, void* y) {
    const Decode decode = format_named(format).decode[plain_index(plain)];
    return new Dequantize(decode, bind(rows, cols, nullptr, in), from, to, y);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
