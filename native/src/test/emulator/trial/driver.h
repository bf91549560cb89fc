/* The few functions of the CUDA driver that a trial needs, found by dlopen: no toolkit, no linking. */
#ifndef TRIAL_DRIVER_H
#define TRIAL_DRIVER_H

#include <stddef.h>

typedef unsigned long long device_address;

/* Loads the library (NULL: libcuda.so.1), initialises it and makes a context. These functions end the program with a
   message and status 2 where the driver refuses, 3 where there is none. */
void driver_open(const char* path);
void driver_close(void);
/* PTX, a cubin or a fatbin. */
void* driver_load(const void* image);
void driver_unload(void* module);
void* driver_kernel(void* module, const char* name);
device_address driver_allocate(size_t bytes);
void driver_free(device_address address);
void driver_upload(device_address to, const void* from, size_t bytes);
void driver_download(void* to, device_address from, size_t bytes);

struct launch {
    unsigned grid[3], block[3], shared;
    int cooperative;
    void** parameters;
};
/* Runs the kernel to its end. */
void driver_launch(void* kernel, const struct launch* launch);

#endif
