#pragma once
// How the requirements of a project changed over time, how much its scope grew, and why.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/model/project.h"
#include "rapport/table/table.h"

namespace rapport {

enum class NeedStep : std::uint8_t {
  Added,    ///< In force from then on.
  Changed,  ///< Another wording or criterion: a new version.
  Removed,  ///< Taken out, rejected or withdrawn.
  Asked,    ///< A change request asks to change or remove it. Counts into nothing else.
};
/// What says so.
enum class NeedSource : std::uint8_t { Requirement, Version, Journal, ChangeRequest };

/// One step in the life of one requirement.
struct NeedEvent {
  std::optional<Instant> when{};  ///< Absent: nothing says when.
  NeedStep step = NeedStep::Added;
  std::string requirement{};
  std::int32_t version = 0;  ///< That it led to; 0 for Removed and Asked.
  std::string by{};
  std::string cause{};   ///< The reason that was recorded, in its words; empty: none was.
  std::string change{};  ///< The change request behind it; empty: none is known.
  NeedSource source = NeedSource::Requirement;
  friend bool operator==(NeedEvent const&, NeedEvent const&) = default;
};

enum class Period : std::uint8_t { Weekly, Monthly, Quarterly, Yearly };

/// One stretch of the calendar. Counts are requirements in force.
struct VolatilityPeriod {
  Date from{}, to{};  ///< First day, and first day of the next period.
  std::size_t at_start = 0, added = 0, changed = 0, removed = 0, asked = 0, at_end = 0;
  /// (added + changed + removed) / at_start; absent where nothing was in force.
  std::optional<double> volatility{};
  /// (at_end − baseline) / baseline; absent before the baseline and where it is 0.
  std::optional<double> growth{};
  friend bool operator==(VolatilityPeriod const&, VolatilityPeriod const&) = default;
};

/// What one cause did to the requirements in one stretch of the calendar.
struct VolatilityCause {
  Date from{}, to{};     ///< As of the period.
  std::string cause{};   ///< As of its events; empty: no reason was recorded.
  std::string change{};  ///< The change request behind it; empty: none is known.
  std::size_t added = 0, changed = 0, removed = 0, asked = 0;
  /// (added − removed, after the baseline) / baseline: what the cause adds to the growth of its period and of
  /// those after it. Absent as there.
  std::optional<double> growth{};
  friend bool operator==(VolatilityCause const&, VolatilityCause const&) = default;
};

struct VolatilityOptions {
  Period period = Period::Monthly;
  /// From when on requirements count as agreed scope; absent: the first confirmation of one, or else the
  /// end of the first period with a dated step.
  std::optional<Instant> baseline{};
};

struct Volatility {
  std::vector<NeedEvent> events;          ///< By date, those without one first.
  std::vector<VolatilityPeriod> periods;  ///< Without gaps, from the first dated step to the last.
  /// By period, in the order in which causes first appear in it. Counts add up to those of the period, and
  /// growth up to a period to its growth.
  std::vector<VolatilityCause> causes;
  std::optional<Instant> baseline_at;  ///< Absent: nothing is dated.
  std::size_t baseline = 0;            ///< Requirements in force then.
  /// Steps without a date: additions count from the start, changes nowhere, and what was removed nobody
  /// knows when counts at no time.
  std::size_t undated = 0;

  [[nodiscard]] Table table() const;  ///< One row per period.
  /// from, to, cause, change, added, changed, removed, asked, growth.
  [[nodiscard]] Table causes_table() const;
  /// when, step, requirement, version, by, cause, change, source.
  [[nodiscard]] Table events_table() const;
};

/// Volatility is (added + changed + removed) / in force, as COCOMO II's and COSYSMO's measures count it;
/// 1 less it is the requirements stability index. What is known comes from, in this order: the journal (what
/// was put, reworded, removed, with the reason of the edit; entries taken back do not count), the earlier
/// wordings of a requirement (each superseded at its date for its reason), where it was learnt, and
/// change requests. Nothing is counted twice: a version that both journal and wordings tell of is one
/// step. Cost: O(requirements + journal). Errors: none.
[[nodiscard]] Volatility requirement_volatility(Project const& project,
                                                VolatilityOptions const& options = {});

// The one spelling of each: "change_request", "month".
[[nodiscard]] std::string_view name_of(NeedStep step);
[[nodiscard]] std::string_view name_of(NeedSource source);
[[nodiscard]] std::string_view name_of(Period period);
/// Errors: InvalidInput naming the choices.
[[nodiscard]] Period parse_period(std::string_view name);

}  // namespace rapport
