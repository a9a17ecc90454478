#include "schedule/schedule_rows.h"

#include <algorithm>
#include <tuple>

#include "schedule/edited_links.h"
#include "schedule/results.h"

namespace rapport {

std::optional<std::uint32_t> ScheduleRows::find(std::string_view key) const {
  if (results_.edited) return results_.edited->find(key);
  auto const index = results_.network.find(key);
  if (!index) return std::nullopt;
  return index->value;
}

std::string_view ScheduleRows::key(std::uint32_t row) const {
  if (!results_.edited) return results_.network.key({row});
  auto const& overlay = results_.edited->overlay;
  auto const there = overlay.base().activity_count();
  return row < there ? overlay.base().key({row}) : overlay.added_activities()[row - there].key;
}

ActivityDates ScheduleRows::dates(std::uint32_t row) const { return results_.dates(row); }

std::optional<ActivityDates> ScheduleRows::dates(std::string_view key) const {
  auto const row = find(key);
  if (!row) return std::nullopt;
  return results_.dates(*row);
}

WorkingTime const& ScheduleRows::calendar(std::uint32_t row) const {
  auto const& network = results_.network;
  return network.calendars()[network.values().calendar[row]];
}

std::uint32_t ScheduleRows::subproject(std::uint32_t row) const {
  return results_.network.values().subproject[row];
}

std::vector<ScheduleRows::LinkInto> ScheduleRows::links_into(std::uint32_t row) const {
  auto const* const edited = results_.edited ? results_.edited->links.get() : nullptr;
  auto const& links = edited ? edited->columns() : results_.network.links();
  auto const last = edited ? edited->last_in()[row] : links.first_in[row + 1];
  std::vector<LinkInto> found;
  for (auto k = links.first_in[row]; k < last; ++k)
    found.push_back({key(links.predecessor[k]), links.type[k], links.lag_kind[k], links.lag[k],
                     results_.driving[k] != 0});
  std::sort(found.begin(), found.end(), [](LinkInto const& a, LinkInto const& b) {
    return std::tie(a.predecessor, a.type, a.lag_kind, a.lag) <
           std::tie(b.predecessor, b.type, b.lag_kind, b.lag);
  });
  return found;
}

}  // namespace rapport
