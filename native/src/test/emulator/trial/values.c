#include "values.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char* name;
    size_t size;
} ROWS[TYPES] = {{"u8", 1}, {"u16", 2}, {"i32", 4}, {"u32", 4}, {"i64", 8}, {"u64", 8}, {"f32", 4}, {"f64", 8}};

enum type type_named(const char* name) {
    int type = 0;
    while (type < TYPES && strcmp(ROWS[type].name, name) != 0) type++;
    return (enum type)type;
}

size_t size_of(enum type type) { return ROWS[type].size; }

void store(void* to, enum type type, double value) {
    switch (type) {
        case U8: *(uint8_t*)to = (uint8_t)value; break;
        case U16: *(uint16_t*)to = (uint16_t)value; break;
        case I32: *(int32_t*)to = (int32_t)value; break;
        case U32: *(uint32_t*)to = (uint32_t)value; break;
        case I64: *(int64_t*)to = (int64_t)value; break;
        case U64: *(uint64_t*)to = (uint64_t)value; break;
        case F32: *(float*)to = (float)value; break;
        case F64: *(double*)to = value; break;
        case TYPES: break;
    }
}

double load(const void* from, enum type type) {
    switch (type) {
        case U8: return *(const uint8_t*)from;
        case U16: return *(const uint16_t*)from;
        case I32: return *(const int32_t*)from;
        case U32: return *(const uint32_t*)from;
        case I64: return (double)*(const int64_t*)from;
        case U64: return (double)*(const uint64_t*)from;
        case F32: return *(const float*)from;
        case F64: return *(const double*)from;
        case TYPES: break;
    }
    return 0;
}

/* splitmix64, so that another program can make the same numbers. */
static uint64_t next_random(uint64_t* state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return z ^ (z >> 31);
}

static const char* fill_from_file(void* to, size_t bytes, const char* path) {
    FILE* file = fopen(path, "rb");
    if (!file) return "cannot be opened";
    const int exact = fread(to, 1, bytes, file) == bytes && fgetc(file) == EOF;
    fclose(file);
    return exact ? NULL : "has another number of bytes";
}

const char* fill(void* to, enum type type, size_t count, char** words, size_t word_count) {
    char* at = to;
    const size_t size = size_of(type);
    if (word_count == 0) return "needs zero, ramp, random, values or file";
    if (strcmp(words[0], "zero") == 0) {
        memset(to, 0, count * size);
    } else if (strcmp(words[0], "ramp") == 0 && word_count == 3) {
        const double start = strtod(words[1], NULL), step = strtod(words[2], NULL);
        for (size_t i = 0; i < count; i++) store(at + i * size, type, start + step * (double)i);
    } else if (strcmp(words[0], "random") == 0 && word_count == 2) {
        uint64_t state = strtoull(words[1], NULL, 10);
        for (size_t i = 0; i < count; i++) {
            const double unit = (double)(next_random(&state) >> 11) / 9007199254740992.0;
            store(at + i * size, type, type == F32 || type == F64 ? 2 * unit - 1 : 1000 * unit);
        }
    } else if (strcmp(words[0], "values") == 0 && word_count == count + 1) {
        for (size_t i = 0; i < count; i++) store(at + i * size, type, strtod(words[i + 1], NULL));
    } else if (strcmp(words[0], "file") == 0 && word_count == 2) {
        return fill_from_file(to, count * size, words[1]);
    } else {
        return "is not filled like that";
    }
    return NULL;
}
