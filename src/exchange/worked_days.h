#pragma once
// What calendars say of single days, for readers and writers that come upon the odd date.

#include <string_view>
#include <unordered_map>
#include <vector>

#include "rapport/model/work/calendar.h"

namespace rapport {

/// Refers to the calendars, which must outlive it. A calendar that is not among them works on no day.
class WorkedDays {
 public:
  explicit WorkedDays(std::vector<Calendar> const& calendars);

  /// None: nothing says anything of the day. Cost: O(exceptions of the calendar and its bases).
  [[nodiscard]] DayShifts const* shifts(std::string_view calendar, Date day) const;
  /// Whether a day is worked that lies wholly between the two. A hundred years are looked at, at most.
  [[nodiscard]] bool any_between(std::string_view calendar, Instant from, Instant to) const;
  /// Working time from the one to the other, of at most a hundred years.
  [[nodiscard]] Work between(std::string_view calendar, Instant from, Instant to) const;
  /// When that much is worked from an instant on; its own where that takes more than a hundred years.
  [[nodiscard]] Instant after(std::string_view calendar, Instant from, Work work) const;

 private:
  /// What the first of a calendar and its bases says that does not keep silent.
  template <class Say>
  [[nodiscard]] DayShifts const* first_said(std::string_view key, Say&& say) const;
  [[nodiscard]] Calendar const* find(std::string_view key) const;

  std::unordered_map<std::string_view, Calendar const*> calendars_;
};

}  // namespace rapport
