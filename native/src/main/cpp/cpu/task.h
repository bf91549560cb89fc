// One prepared piece of work. Running it allocates nothing.
#pragma once

namespace ridgepoint {

class Task {
  public:
    virtual ~Task() = default;
    virtual void run() = 0;
    // Which copy of our kernels it is of, as library.h names them; empty where it is none of them.
    virtual const char* instruction_set() const { return ""; }
};

}  // namespace ridgepoint
