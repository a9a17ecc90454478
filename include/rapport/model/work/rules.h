#pragma once
// Scheduling rules are a visible value: nothing is guessed inside a pass. Readers fill them from
// the file's own options.

#include <cstdint>
#include <optional>

#include "rapport/base/time.h"

namespace rapport {

enum class Tool : std::uint8_t { Primavera, Microsoft };
enum class LagCalendar : std::uint8_t { Predecessor, Successor, Project, RoundTheClock };
/// What happens to remaining work that started out of sequence.
enum class ProgressLogic : std::uint8_t { RetainedLogic, ProgressOverride, ActualDates };
enum class FloatBy : std::uint8_t { Start, Finish, Smallest };
enum class CriticalBy : std::uint8_t { TotalFloat, LongestPath };

struct Rules {
  Tool tool = Tool::Primavera;  ///< Decides what has no option: constraints, lag on progress, snapping.
  LagCalendar lag_calendar = LagCalendar::Predecessor;
  ProgressLogic progress = ProgressLogic::RetainedLogic;
  FloatBy total_float = FloatBy::Finish;
  CriticalBy critical = CriticalBy::TotalFloat;
  Work critical_limit{};                  ///< Critical when total float ≤ this.
  bool open_ends_critical = false;        ///< P6 "make open-ended activities critical".
  bool use_expected_finish = true;        ///< P6 "use expected finish dates".
  bool start_to_start_from_early = true;  ///< P6 "compute start to start lag from early start".
  bool use_must_finish_for_float = true;  ///< Open ends must meet the must-finish date, if there is one.
  bool float_by_subproject = true;        ///< P6 sched_use_project_end_date_for_float; else from the latest.
  bool ignore_external_links = false;     ///< Links to and from other subprojects.
  bool from_finish = false;               ///< Schedule backward from the finish (MS Project).

  /// P6's default options.
  [[nodiscard]] static Rules primavera() { return {}; }
  /// MS Project's behaviour.
  [[nodiscard]] static Rules microsoft() {
    Rules rules;
    rules.tool = Tool::Microsoft;
    rules.lag_calendar = LagCalendar::Successor;
    rules.total_float = FloatBy::Smallest;
    rules.use_expected_finish = false;
    return rules;
  }
  friend bool operator==(Rules const&, Rules const&) = default;
};

}  // namespace rapport
