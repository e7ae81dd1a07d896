#include "nfkc.h"

#include <unicode/unorm2.h>

int32_t icu_nfkc(const uint16_t *source, int32_t length, uint16_t *target, int32_t capacity) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2 *form = unorm2_getNFKCInstance(&error);
  int32_t count = unorm2_normalize(form, source, length, target, capacity, &error);
  return U_FAILURE(error) ? -1 : count;
}
