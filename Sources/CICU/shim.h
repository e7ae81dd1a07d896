#include <unicode/unorm2.h>

// ICU's names carry its version by a macro, which Swift does not see.
static inline int32_t icu_nfkc(const UChar *source, int32_t length, UChar *target, int32_t capacity, UErrorCode *error) {
  const UNormalizer2 *form = unorm2_getNFKCInstance(error);
  return unorm2_normalize(form, source, length, target, capacity, error);
}
