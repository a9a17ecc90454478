#pragma once
// One activity of a schedule by its key. After a what-if that changed links or activities all of this is
// there at once, where the network of that schedule is only made when somebody asks for it.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "rapport/schedule/schedule.h"

namespace rapport {

class Cause;

/// The rows of a schedule: their numbers mean nothing outside. Views hold as long as the schedule.
class ScheduleRows {
 public:
  explicit ScheduleRows(Schedule const& schedule) : results_(*schedule.results_) {}

  [[nodiscard]] std::optional<std::uint32_t> find(std::string_view key) const;
  [[nodiscard]] std::string_view key(std::uint32_t row) const;
  [[nodiscard]] ActivityDates dates(std::uint32_t row) const;
  [[nodiscard]] std::optional<ActivityDates> dates(std::string_view key) const;
  [[nodiscard]] WorkingTime const& calendar(std::uint32_t row) const;
  [[nodiscard]] bool started(std::uint32_t row) const;
  [[nodiscard]] bool completed(std::uint32_t row) const;
  /// Its position among the subprojects of the network.
  [[nodiscard]] std::uint32_t subproject(std::uint32_t row) const;

  /// Links from the one to the other. Cost: O(links into the other).
  struct Link {
    LinkType type;
    LagKind lag_kind;
    std::int64_t lag;
    friend bool operator==(Link const&, Link const&) = default;
  };
  [[nodiscard]] std::vector<Link> links(std::string_view predecessor, std::string_view successor) const;

  /// What one of its early dates comes from.
  struct Source {
    Driver driver = Driver::Duration;
    std::uint32_t row = ActivityIndex::none;  ///< Whose date it is; none for what has no date behind it.
    DateField field = DateField::EarlyFinish;
    std::optional<Link> link;  ///< That hands it on.
    bool ahead = false;        ///< The link leads to whose date it is.
  };
  /// Several where links of the same end hold it alike, by key of the other activity, type and lag, which no
  /// numbering changes. Cost: O(its links · log).
  [[nodiscard]] std::vector<Source> sources(std::uint32_t row, DateField field) const;
  /// What all links into it come from, whether they drive it or not, in the same order.
  [[nodiscard]] std::vector<Source> predecessors(std::uint32_t row) const;
  /// Where its project finishes, as activities that go as late as they may see it.
  [[nodiscard]] Instant project_finish(std::uint32_t row) const;

 private:
  [[nodiscard]] NetworkLinks const& columns() const;
  [[nodiscard]] Source source(std::uint32_t row, DateField field, Cause const& cause) const;
  [[nodiscard]] std::vector<Source> sources_alike(std::uint32_t row, DateField field,
                                                  Cause const& cause) const;
  [[nodiscard]] std::vector<Source> members_alike(std::uint32_t row, DateField field,
                                                  Cause const& cause) const;
  [[nodiscard]] bool removed(std::uint32_t row) const;
  void sort(std::vector<Source>& sources) const;
  /// Links into it are first … second - 1.
  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> links_into(std::uint32_t row) const;

  Schedule::Results const& results_;
};

}  // namespace rapport
