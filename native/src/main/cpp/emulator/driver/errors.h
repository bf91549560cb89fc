// How the driver's functions fail: DriverError inside, a CUresult at the border.
#pragma once

#include <exception>
#include <new>
#include <string>

#include "driver/abi/types.h"

namespace ridgepoint::emulator::driver {

class DriverError : public std::exception {
  public:
    explicit DriverError(CUresult result) : result_(result) {}
    // With a reason for people, written to stderr when it reaches the border.
    DriverError(CUresult result, std::string reason) : result_(result), reason_(std::move(reason)) {}

    CUresult result() const { return result_; }
    const std::string& reason() const { return reason_; }
    const char* what() const noexcept override { return reason_.c_str(); }

  private:
    CUresult result_;
    std::string reason_;
};

inline void require(bool condition, CUresult otherwise = CUDA_ERROR_INVALID_VALUE) {
    if (!condition) throw DriverError(otherwise);
}

// Null if there is no such result.
const char* error_name(CUresult result);
const char* error_text(CUresult result);

// The answer to the exception being handled; reports its reason.
CUresult answer_exception(const char* function) noexcept;

}  // namespace ridgepoint::emulator::driver
