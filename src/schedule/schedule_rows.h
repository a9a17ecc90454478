#pragma once
// One activity of a schedule by its key. After a what-if that changed links or activities all of this is
// there at once, where the network of that schedule is only made when somebody asks for it.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rapport/schedule/schedule.h"

namespace rapport {

/// The rows of a schedule: their numbers mean nothing outside. Views hold as long as the schedule.
class ScheduleRows {
 public:
  explicit ScheduleRows(Schedule const& schedule) : results_(*schedule.results_) {}

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
  [[nodiscard]] std::string_view key(std::uint32_t row) const;
  [[nodiscard]] ActivityDates dates(std::uint32_t row) const;
  [[nodiscard]] std::optional<ActivityDates> dates(std::string_view key) const;
  [[nodiscard]] WorkingTime const& calendar(std::uint32_t row) const;
  /// Its position among the subprojects of the network.
  [[nodiscard]] std::uint32_t subproject(std::uint32_t row) const;

  struct LinkInto {
    std::string_view predecessor;
    LinkType type;
    LagKind lag_kind;
    std::int64_t lag;
    bool driving;
  };
  /// By key of the predecessor, type and lag, which no numbering changes. Cost: O(links into it · log).
  [[nodiscard]] std::vector<LinkInto> links_into(std::uint32_t row) const;

 private:
  Schedule::Results const& results_;
};

}  // namespace rapport
