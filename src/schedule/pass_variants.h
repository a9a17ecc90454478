#pragma once
// The passes of critical_path.h once for each width of vectors that this processor may have.

#include <cstdint>
#include <span>

#include "rapport/schedule/critical_path.h"

namespace rapport {

/// The arrays of a Slices and its CriticalPath, as the loops want them.
struct PassArrays {
  PassArrays(Slices const& network, CriticalPath& path);

  std::uint32_t slices;
  std::uint32_t const *first_in, *first_out;
  Slices::Row const *in, *out;
  std::int32_t const* duration;
  std::int32_t *early, *late, *total_float, *free_float;
};

struct PassVariant {
  char const* name;
  std::int32_t (*forward)(PassArrays a);  ///< Returns the latest finish.
  void (*backward)(PassArrays a, std::int32_t project_finish);
};

/// Those that this processor can run, the plainest first, the fastest last. All give the same.
[[nodiscard]] std::span<PassVariant const> pass_variants();

}  // namespace rapport
