// Conversion between plain types, to nearest and ties to even.
#include <stdexcept>
#include <string>

#include "plain.h"
#include "tasks.h"

namespace ridgepoint::RIDGEPOINT_ISA {
namespace {

template <class From, class To>
class Convert final : public Kernel {
  public:
    Convert(int64_t count, const void* from, void* to)
        : count_(count),
          from_(static_cast<const typename From::Stored*>(from)),
          to_(static_cast<typename To::Stored*>(to)) {}

    void run() override {
        int64_t i = 0;
        for (; i + LANES <= count_; i += LANES) To::write(to_ + i, From::read(from_ + i));
        if (i < count_) write<To>(to_ + i, read<From>(from_ + i, count_ - i), count_ - i);
    }

  private:
    int64_t count_;
    const typename From::Stored* from_;
    typename To::Stored* to_;
};

}  // namespace

Task* convert(const char* from_type, const char* to_type, int64_t count, const void* from, void* to) {
    const std::string way = std::string(from_type) + " to " + to_type;
    if (way == "bf16 to fp32") return new Convert<Bf16, Fp32>(count, from, to);
    if (way == "fp16 to fp32") return new Convert<Fp16, Fp32>(count, from, to);
    if (way == "fp32 to bf16") return new Convert<Fp32, Bf16>(count, from, to);
    if (way == "fp32 to fp16") return new Convert<Fp32, Fp16>(count, from, to);
    throw std::invalid_argument("no native conversion from " + way);
}

}  // namespace ridgepoint::RIDGEPOINT_ISA
