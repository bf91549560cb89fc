/* Arrays of numbers as a trial names them: "f32 64 ramp 0 1". */
#ifndef TRIAL_VALUES_H
#define TRIAL_VALUES_H

#include <stddef.h>

enum type { U8, U16, I32, U32, I64, U64, F32, F64, TYPES };

/* The type called `name`, or TYPES. */
enum type type_named(const char* name);
size_t size_of(enum type type);
void store(void* to, enum type type, double value);
double load(const void* from, enum type type);

/* Fills `count` values by what the words after them say:
       zero | ramp START STEP | random SEED (of [-1, 1); integers of [0, 1000)) | values V ... | file PATH (raw bytes)
   Returns NULL, or what is wrong. */
const char* fill(void* to, enum type type, size_t count, char** words, size_t word_count);

#endif
