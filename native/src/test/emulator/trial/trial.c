/* Runs kernels as a text says and compares what they computed with what it expects:

       module scale.ptx
       buffer x f32 64 ramp 0 1
       buffer y f32 64 zero
       launch scale grid 2 block 32 arguments x y i32 64 f32 2
       expect y within 1e-6 ramp 0 2

   trial FILE [LIBRARY]. `launch` also takes `shared BYTES` and `cooperative`; grid and block take up to three numbers.
   Paths are relative to the folder the program runs in; a further `module` replaces the one before. Status 0: as expected; 1: not; 2: the driver refused, or the
   kernel failed; 3: the text or the library cannot be used. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "driver.h"
#include "values.h"

enum { MOST_WORDS = 4096, MOST_BUFFERS = 64, MOST_ARGUMENTS = 64, LONGEST_LINE = 1 << 16 };

struct buffer {
    char name[64];
    enum type type;
    size_t count;
    device_address address;
};

static struct buffer buffers[MOST_BUFFERS];
static size_t buffer_count;
static void* module;
static int line_number;
static int failures;

static void wrong(const char* what, const char* reason) {
    fprintf(stderr, "line %d: %s %s\n", line_number, what, reason);
    exit(3);
}

static struct buffer* find_buffer(const char* name) {
    for (size_t i = 0; i < buffer_count; i++) {
        if (strcmp(buffers[i].name, name) == 0) return &buffers[i];
    }
    return NULL;
}

static void* space_for(size_t count, enum type type) {
    void* space = calloc(count ? count : 1, size_of(type));
    if (!space) wrong("memory", "is short");
    return space;
}

static void load_module(char** words, size_t count) {
    if (count != 2) wrong("module", "takes a path");
    if (module) driver_unload(module);
    FILE* file = fopen(words[1], "rb");
    if (!file) wrong(words[1], "cannot be opened");
    fseek(file, 0, SEEK_END);
    const size_t size = (size_t)ftell(file);
    rewind(file);
    char* image = calloc(size + 1, 1);
    if (!image || fread(image, 1, size, file) != size) wrong(words[1], "cannot be read");
    fclose(file);
    module = driver_load(image);
    free(image);
}

static void make_buffer(char** words, size_t count) {
    if (count < 5 || buffer_count == MOST_BUFFERS) wrong("buffer", "takes a name, a type, a count and values");
    struct buffer* buffer = &buffers[buffer_count++];
    snprintf(buffer->name, sizeof buffer->name, "%s", words[1]);
    buffer->type = type_named(words[2]);
    if (buffer->type == TYPES) wrong(words[2], "is no type");
    buffer->count = strtoull(words[3], NULL, 10);
    void* values = space_for(buffer->count, buffer->type);
    const char* reason = fill(values, buffer->type, buffer->count, words + 4, count - 4);
    if (reason) wrong(words[1], reason);
    buffer->address = driver_allocate(buffer->count * size_of(buffer->type));
    driver_upload(buffer->address, values, buffer->count * size_of(buffer->type));
    free(values);
}

/* Up to three numbers from words[*at]; moves *at behind them. */
static void extents(unsigned (*to)[3], char** words, size_t count, size_t* at) {
    for (int i = 0; i < 3 && *at < count; i++) {
        char* end;
        const unsigned long value = strtoul(words[*at], &end, 10);
        if (*end != '\0') return;
        (*to)[i] = (unsigned)value;
        ++*at;
    }
}

static size_t parse_arguments(unsigned long long* values, void** parameters, char** words, size_t count) {
    size_t arguments = 0;
    for (size_t at = 0; at < count; arguments++) {
        if (arguments == MOST_ARGUMENTS) wrong("launch", "has too many arguments");
        parameters[arguments] = &values[arguments];
        const struct buffer* buffer = find_buffer(words[at]);
        const enum type type = type_named(words[at]);
        if (buffer) {
            values[arguments] = buffer->address;
            at++;
        } else if (type != TYPES && at + 1 < count) {
            store(&values[arguments], type, strtod(words[at + 1], NULL));
            at += 2;
        } else {
            wrong(words[at], "is neither a buffer nor a type with a value");
        }
    }
    return arguments;
}

static void launch(char** words, size_t count) {
    struct launch launch = {{1, 1, 1}, {1, 1, 1}, 0, 0, NULL};
    unsigned long long values[MOST_ARGUMENTS] = {0};
    void* parameters[MOST_ARGUMENTS] = {NULL};
    if (count < 2 || !module) wrong("launch", "takes a kernel of a module");
    for (size_t at = 2; at < count;) {
        const char* word = words[at++];
        if (strcmp(word, "grid") == 0) {
            extents(&launch.grid, words, count, &at);
        } else if (strcmp(word, "block") == 0) {
            extents(&launch.block, words, count, &at);
        } else if (strcmp(word, "shared") == 0 && at < count) {
            launch.shared = (unsigned)strtoul(words[at++], NULL, 10);
        } else if (strcmp(word, "cooperative") == 0) {
            launch.cooperative = 1;
        } else if (strcmp(word, "arguments") == 0) {
            parse_arguments(values, parameters, words + at, count - at);
            at = count;
        } else {
            wrong(word, "is nothing that a launch takes");
        }
    }
    launch.parameters = parameters;
    driver_launch(driver_kernel(module, words[1]), &launch);
}

/* A value is right within `tolerance` of the expected one, relative where that is larger than one. */
static int right(double got, double expected, double tolerance) {
    if (isnan(expected) || isinf(expected)) return isnan(expected) ? isnan(got) : got == expected;
    return fabs(got - expected) <= tolerance * fmax(1, fabs(expected));
}

static void expect(char** words, size_t count) {
    struct buffer* buffer = count > 4 && strcmp(words[2], "within") == 0 ? find_buffer(words[1]) : NULL;
    if (!buffer) wrong("expect", "takes a buffer, 'within', a tolerance and values");
    const double tolerance = strtod(words[3], NULL);
    const size_t size = size_of(buffer->type);
    char *got = space_for(buffer->count, buffer->type), *expected = space_for(buffer->count, buffer->type);
    const char* reason = fill(expected, buffer->type, buffer->count, words + 4, count - 4);
    if (reason) wrong(words[1], reason);
    driver_download(got, buffer->address, buffer->count * size);
    size_t bad = 0, first = 0;
    double worst = 0;
    for (size_t i = 0; i < buffer->count; i++) {
        const double a = load(got + i * size, buffer->type), b = load(expected + i * size, buffer->type);
        worst = fmax(worst, fabs(a - b));
        if (!right(a, b, tolerance) && bad++ == 0) first = i;
    }
    printf("%s: %zu of %zu values differ, by at most %g\n", words[1], bad, buffer->count, worst);
    if (bad) {
        printf("  the first: [%zu] is %.9g, expected %.9g\n", first, load(got + first * size, buffer->type),
               load(expected + first * size, buffer->type));
    }
    failures += bad != 0;
    free(got);
    free(expected);
}

static void run(char* line) {
    static char* words[MOST_WORDS];
    size_t count = 0;
    line[strcspn(line, "#")] = '\0';
    for (char* word = strtok(line, " \t\r\n"); word; word = strtok(NULL, " \t\r\n")) {
        if (count == MOST_WORDS) wrong("the line", "has too many words");
        words[count++] = word;
    }
    if (count == 0) return;
    static const struct {
        const char* name;
        void (*body)(char**, size_t);
    } COMMANDS[] = {{"module", load_module}, {"buffer", make_buffer}, {"launch", launch}, {"expect", expect}};
    for (size_t i = 0; i < sizeof COMMANDS / sizeof *COMMANDS; i++) {
        if (strcmp(words[0], COMMANDS[i].name) == 0) return COMMANDS[i].body(words, count);
    }
    wrong(words[0], "is no command");
}

int main(int count, char** arguments) {
    static char line[LONGEST_LINE];
    FILE* text = count > 1 ? fopen(arguments[1], "r") : NULL;
    if (!text) {
        fprintf(stderr, "usage: trial FILE [LIBRARY]\n");
        return 3;
    }
    driver_open(count > 2 ? arguments[2] : NULL);
    while (fgets(line, sizeof line, text)) {
        line_number++;
        run(line);
    }
    fclose(text);
    for (size_t i = 0; i < buffer_count; i++) driver_free(buffers[i].address);
    if (module) driver_unload(module);
    driver_close();
    return failures ? 1 : 0;
}
