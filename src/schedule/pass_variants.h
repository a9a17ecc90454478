#pragma once
// The passes of critical_path.h once for each width of vectors that this processor may have.

#include <cstdint>
#include <span>

#include "rapport/schedule/critical_path.h"
#include "rapport/schedule/scenarios.h"

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

/// Of sixteen scenarios side by side: rows of sixteen times. Two slots more stand for no link: `never` of
/// Slices is the start of the first, `always` that of the second.
struct ScenarioArrays {
  static constexpr std::uint32_t lanes = ScenarioDates::lanes;
  std::uint32_t slices;
  std::uint32_t const *first_in, *first_out;
  Slices::Row const *in, *out;
  std::int32_t const* duration;             ///< By slot, without the changes.
  std::uint32_t const* change_of;           ///< By slot: its row of `changes`; 0 for none.
  std::int32_t const* changes;              ///< Rows of what each scenario adds.
  std::int32_t *early_finish, *late_start;  ///< Rows by slot.
  std::int32_t* finish;                     ///< One row.
};

struct PassVariant {
  char const* name;
  std::int32_t (*forward)(PassArrays a);  ///< Returns the latest finish.
  void (*backward)(PassArrays a, std::int32_t project_finish);
  void (*forward_scenarios)(ScenarioArrays a);
  void (*backward_scenarios)(ScenarioArrays a);
};

/// Those that this processor can run, the plainest first, the fastest last. All give the same.
[[nodiscard]] std::span<PassVariant const> pass_variants();

}  // namespace rapport
