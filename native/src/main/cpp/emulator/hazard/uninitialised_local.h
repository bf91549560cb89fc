// Finds loads of a thread's private memory that the thread has not written. Compilers do load padding of what they copy, so this is
// asked for, not on by default.
#pragma once

#include <memory>

#include "exec/observer.h"

namespace ridgepoint::emulator {

// Arguments and results of functions keep the marks of what was copied.
std::unique_ptr<Observer> make_uninitialised_local_reads();

}  // namespace ridgepoint::emulator
