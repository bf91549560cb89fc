#include "driver.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

enum { JIT_ERROR_LOG = 5, JIT_ERROR_LOG_BYTES = 6, MAX_DYNAMIC_SHARED = 8, STATIC_SHARED_LIMIT = 48 << 10 };

static void* library;
static void* context;

static void* find(const char* name) {
    void* found = dlsym(library, name);
    if (!found) {
        fprintf(stderr, "the driver has no %s\n", name);
        exit(3);
    }
    return found;
}

static void check(int result, const char* what, const char* more) {
    if (result == 0) return;
    const char* name = "an unknown error";
    int (*error_name)(int, const char**) = (int (*)(int, const char**))find("cuGetErrorName");
    error_name(result, &name);
    printf("refused: %s: %s (%d)%s%s\n", what, name ? name : "?", result, *more ? ": " : "", more);
    exit(2);
}

#define CALL(name, types, arguments) check(((int(*) types)find(#name)) arguments, #name, "")

void driver_open(const char* path) {
    library = dlopen(path ? path : "libcuda.so.1", RTLD_NOW | RTLD_GLOBAL);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        exit(3);
    }
    CALL(cuInit, (unsigned), (0));
    CALL(cuCtxCreate_v2, (void**, unsigned, int), (&context, 0, 0));
}

void driver_close(void) { CALL(cuCtxDestroy_v2, (void*), (context)); }

void* driver_load(const void* image) {
    char log[4096] = "";
    int options[] = {JIT_ERROR_LOG, JIT_ERROR_LOG_BYTES};
    void* values[] = {log, (void*)sizeof log};
    void* module = NULL;
    int (*load)(void**, const void*, unsigned, int*, void**) =
        (int (*)(void**, const void*, unsigned, int*, void**))find("cuModuleLoadDataEx");
    check(load(&module, image, 2, options, values), "cuModuleLoadDataEx", log);
    return module;
}

void driver_unload(void* module) { CALL(cuModuleUnload, (void*), (module)); }

void* driver_kernel(void* module, const char* name) {
    void* kernel = NULL;
    CALL(cuModuleGetFunction, (void**, void*, const char*), (&kernel, module, name));
    return kernel;
}

device_address driver_allocate(size_t bytes) {
    device_address address = 0;
    CALL(cuMemAlloc_v2, (device_address*, size_t), (&address, bytes));
    return address;
}

void driver_free(device_address address) { CALL(cuMemFree_v2, (device_address), (address)); }

void driver_upload(device_address to, const void* from, size_t bytes) {
    CALL(cuMemcpyHtoD_v2, (device_address, const void*, size_t), (to, from, bytes));
}

void driver_download(void* to, device_address from, size_t bytes) {
    CALL(cuMemcpyDtoH_v2, (void*, device_address, size_t), (to, from, bytes));
}

void driver_launch(void* kernel, const struct launch* launch) {
    const unsigned *grid = launch->grid, *block = launch->block;
    if (launch->shared > STATIC_SHARED_LIMIT) {
        CALL(cuFuncSetAttribute, (void*, int, int), (kernel, MAX_DYNAMIC_SHARED, (int)launch->shared));
    }
    if (launch->cooperative) {
        CALL(cuLaunchCooperativeKernel,
             (void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**),
             (kernel, grid[0], grid[1], grid[2], block[0], block[1], block[2], launch->shared, NULL, launch->parameters));
    } else {
        CALL(cuLaunchKernel,
             (void*, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void*, void**, void**),
             (kernel, grid[0], grid[1], grid[2], block[0], block[1], block[2], launch->shared, NULL, launch->parameters,
              NULL));
    }
    CALL(cuCtxSynchronize, (void), ());
}
