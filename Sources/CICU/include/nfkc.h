#pragma once

#include <stdint.h>

// NFKC by ICU, of UTF-16 code units. The count of units of the result, or -1 if ICU has not its data.
//
// No header of ICU stands here: the toolchain has an ICU of its own, and a program that sees the types of both does not
// compile.
int32_t icu_nfkc(const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity);
