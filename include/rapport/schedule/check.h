#pragma once
// Our dates beside the ones that the tool stored in the same file.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "rapport/model/facts.h"
#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

enum class CheckedField : std::uint8_t {
  EarlyStart,
  EarlyFinish,
  LateStart,
  LateFinish,
  TotalFloat,
  FreeFloat
};
inline constexpr std::size_t checked_field_count = 6;
/// "early_start" … "free_float".
[[nodiscard]] char const* name_of(CheckedField field);

/// One figure that differs.
struct Miss {
  ActivityIndex activity;
  CheckedField field = CheckedField::EarlyStart;
  std::int64_t ours = 0;      ///< Instants and work in seconds.
  std::int64_t recorded = 0;  ///< As the tool has it.
  friend bool operator==(Miss const&, Miss const&) = default;
};

struct FieldScore {
  std::size_t hits = 0;
  std::size_t compared = 0;
  friend bool operator==(FieldScore const&, FieldScore const&) = default;
};

/// An activity that was edited after the tool had scheduled it: the working time between the early dates that
/// it stored is not the remaining duration in the same file. No schedule of the file gives such dates.
struct Contradiction {
  std::string key;
  Work remaining;  ///< As the file states it.
  Work shown;      ///< Between the stored early start and finish, on the activity's calendar.
  friend bool operator==(Contradiction const&, Contradiction const&) = default;
};

/// Equal means equal to the minute.
struct Check {
  std::array<FieldScore, checked_field_count> fields;
  std::vector<Miss> misses;  ///< In topological order, so that the first ones come nearest to a cause.
  /// Of plans under Primavera's rules; in topological order.
  std::vector<Contradiction> contradictions;

  [[nodiscard]] std::size_t hits() const;
  [[nodiscard]] std::size_t compared() const;
  /// One row per field: field, hits, compared, percent.
  [[nodiscard]] Table scores() const;
  /// One row per contradiction: key, remaining, shown.
  [[nodiscard]] Table contradicting() const;
  /// key, name, field, ours, recorded, difference, why: the first `limit` misses, each with the
  /// step that our figure rests on.
  [[nodiscard]] Table table(Schedule const& schedule, std::size_t limit = 20) const;
};

/// Compares the unfinished activities for which `facts` record dates; MS Project's summaries and
/// inactive tasks are left out, as it does not schedule them. Cost: O(activities).
[[nodiscard]] Check check(Facts const& facts, Schedule const& schedule);
/// The same of a schedule of `project`. Errors: InvalidInput when it is of other facts.
[[nodiscard]] Check check(Project const& project, Schedule const& schedule);

}  // namespace rapport
