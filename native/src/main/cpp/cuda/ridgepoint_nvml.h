// What Java binds of NVIDIA's management library: reading, never setting. Results are NVML's own.
#pragma once

#include <cstdint>

namespace ridgepoint::cuda {

// Opens the library once a process; null, or in one line why it could not be.
const char* open_nvml(const char* path);
// Functions the library does not have, separated by spaces.
const char* missing_nvml_functions();
const char* nvml_error(int result);
// Of the display driver; empty where unknown.
const char* nvml_driver_version();
int nvml_device(const char* uuid, int64_t* device);

// Nanoseconds that clocks were held back by power; -1 where it is not told.
int64_t nvml_held_by_power(int64_t device);
// Writes what three fields in a row count; -1 for one that is not told or is no count of 64 bits, and for all if `first` is 0.
void nvml_counts(int64_t device, int first, int64_t* counts);

// Writes 17 numbers to `sample`: monotonic nanoseconds; SM and memory clock in MHz; degrees Celsius; power and its
// enforced limit in mW; energy in mJ; reasons for the clocks as bits; nanoseconds held back by power, heat, sync boost,
// board limit, low utilisation, reliability; and, where `slowdowns` is the id of the first of their fields and not 0, by
// software's and hardware's thermal slowdown and the power brake. What the device or the library does not tell is -1.
void nvml_sample(int64_t device, int slowdowns, int64_t* sample);

// Writes 10 numbers that tell devices of one kind apart: whether it stays initialised between programs, ECC, MIG, the most
// the SM and memory clocks can be in MHz and what they are set to for programs, the power limit in force in mW, generation and
// lanes of PCIe that it and its slot can do. What is not told is -1.
void nvml_state(int64_t device, int64_t* state);
// Writes 4 numbers: the power limit in mW that it has where nobody sets another, generation and lanes that its PCIe link has
// at this moment: an idle link sleeps, and degrees Celsius from which on it slows down. What is not told is -1.
void nvml_moment(int64_t device, int64_t* moment);
// Empty where it is not told.
const char* nvml_vbios(int64_t device);

// Writes the processes that compute on a device, at most `capacity`, and how many there are.
int nvml_processes(int64_t device, int* pids, int capacity, int* count);

}  // namespace ridgepoint::cuda
