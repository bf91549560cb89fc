// One prepared piece of work. Running it allocates nothing.
#pragma once

namespace ridgepoint {

class Task {
  public:
    virtual ~Task() = default;
    virtual void run() = 0;
};

}  // namespace ridgepoint
