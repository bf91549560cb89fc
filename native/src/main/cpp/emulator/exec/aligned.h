// Memory that begins with a line of the cache, so that no vector in it lies across two.
#pragma once

#include <cstddef>
#include <new>
#include <vector>

namespace ridgepoint::emulator {

template <class T>
struct LineAllocator {
    typedef T value_type;
    static constexpr std::align_val_t LINE{64};

    LineAllocator() = default;
    template <class U>
    LineAllocator(const LineAllocator<U>&) {}
    T* allocate(size_t count) { return static_cast<T*>(::operator new(count * sizeof(T), LINE)); }
    void deallocate(T* held, size_t) { ::operator delete(held, LINE); }
    template <class U>
    bool operator==(const LineAllocator<U>&) const { return true; }
    template <class U>
    bool operator!=(const LineAllocator<U>&) const { return false; }
};

template <class T>
using LineVector = std::vector<T, LineAllocator<T>>;

}  // namespace ridgepoint::emulator
