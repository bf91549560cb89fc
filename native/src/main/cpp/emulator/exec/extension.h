// State that a family of instructions keeps in a warp or a CTA without the core knowing it.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

namespace ridgepoint::emulator {

// One object of each type asked for, default-constructed when first asked:
//     struct CopyGroups { ... };
//     CopyGroups& groups = warp.extensions().get<CopyGroups>();
class Extensions {
  public:
    template <class T>
    T& get() {
        const size_t index = index_of<T>();
        if (index >= held_.size()) held_.resize(index + 1);
        if (!held_[index]) held_[index] = std::make_unique<Holder<T>>();
        return static_cast<Holder<T>&>(*held_[index]).value;
    }
    template <class T>
    bool has() const {
        return index_of<T>() < held_.size() && held_[index_of<T>()];
    }

  private:
    struct Base {
        virtual ~Base() = default;
    };
    template <class T>
    struct Holder : Base {
        T value{};
    };
    static size_t next_index();
    template <class T>
    static size_t index_of() {
        static const size_t index = next_index();
        return index;
    }
    std::vector<std::unique_ptr<Base>> held_;
};

}  // namespace ridgepoint::emulator
