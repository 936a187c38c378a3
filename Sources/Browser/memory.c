// SPDX-License-Identifier: Apache-2.0
//
// The memory that Embedded Swift asks for in the browser: there is no C library there. Blocks come in powers of
// two and go back to a list of their size, so that a session that asks for the same sizes again and again never
// grows. One thread.

typedef unsigned long size_t;
typedef unsigned char byte;

extern byte __heap_base;

enum { PAGE = 65536, SMALLEST = 5, LARGEST = 30, HEAD = 16 };

struct block {
    struct block *next;
};

static struct block *unused[LARGEST + 1];
static size_t top;
static size_t end;

static int fits(size_t bytes) {
    int order = SMALLEST;
    while (((size_t)1 << order) < bytes) order++;
    return order;
}

static void *fresh(int order) {
    size_t bytes = (size_t)1 << order;
    if (top == 0) {
        top = ((size_t)&__heap_base + 15) & ~(size_t)15;
        end = (size_t)__builtin_wasm_memory_size(0) * PAGE;
    }
    if (bytes > end - top) {
        size_t pages = (bytes - (end - top) + PAGE - 1) / PAGE;
        if (__builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
        end += pages * PAGE;
    }
    void *found = (void *)top;
    top += bytes;
    return found;
}

// Every block has a head of 16 bytes with its order, so that what follows is aligned to 16.
int posix_memalign(void **result, size_t alignment, size_t size) {
    if (alignment > HEAD || size > ((size_t)1 << LARGEST) - HEAD) return 12;
    int order = fits(size + HEAD);
    struct block *found = unused[order];
    if (found) {
        unused[order] = found->next;
    } else {
        found = fresh(order);
        if (!found) return 12;
    }
    *(int *)found = order;
    *result = (byte *)found + HEAD;
    return 0;
}

void free(void *pointer) {
    if (!pointer) return;
    struct block *back = (struct block *)((byte *)pointer - HEAD);
    int order = *(int *)back;
    back->next = unused[order];
    unused[order] = back;
}

// One instruction each.
void *memcpy(void *to, const void *from, size_t count) { return __builtin_memcpy(to, from, count); }
void *memmove(void *to, const void *from, size_t count) { return __builtin_memmove(to, from, count); }
void *memset(void *to, int value, size_t count) { return __builtin_memset(to, value, count); }

int memcmp(const void *left, const void *right, size_t count) {
    const byte *a = left, *b = right;
    for (size_t index = 0; index < count; index++) {
        if (a[index] != b[index]) return a[index] < b[index] ? -1 : 1;
    }
    return 0;
}

// The one rounding that has no instruction: half away from zero.
double round(double value) {
    double whole = __builtin_trunc(value);
    return __builtin_fabs(value - whole) >= 0.5 ? whole + __builtin_copysign(1, value) : whole;
}
