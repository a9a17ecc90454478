#include "schedule/schedule_rows.h"

#include <algorithm>
#include <tuple>

#include "schedule/edited_links.h"
#include "schedule/pass.h"

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

bool ScheduleRows::started(std::uint32_t row) const {
  return results_.network.values().actual_start[row] != no_instant;
}

bool ScheduleRows::completed(std::uint32_t row) const {
  return results_.network.values().actual_finish[row] != no_instant;
}

std::uint32_t ScheduleRows::subproject(std::uint32_t row) const {
  return results_.network.values().subproject[row];
}

Instant ScheduleRows::project_finish(std::uint32_t row) const {
  return {results_.scheduled_finish[subproject(row)]};
}

NetworkLinks const& ScheduleRows::columns() const {
  auto const* const edited = results_.edited ? results_.edited->links.get() : nullptr;
  return edited ? edited->columns() : results_.network.links();
}

std::pair<std::uint32_t, std::uint32_t> ScheduleRows::links_into(std::uint32_t row) const {
  auto const* const edited = results_.edited ? results_.edited->links.get() : nullptr;
  auto const& links = columns();
  return {links.first_in[row], edited ? edited->last_in()[row] : links.first_in[row + 1]};
}

std::vector<ScheduleRows::Link> ScheduleRows::links(std::string_view predecessor,
                                                    std::string_view successor) const {
  std::vector<Link> found;
  auto const from = find(predecessor), to = find(successor);
  if (!from || !to) return found;
  auto const& links = columns();
  auto const [first, last] = links_into(*to);
  for (auto k = first; k < last; ++k)
    if (links.predecessor[k] == *from) found.push_back({links.type[k], links.lag_kind[k], links.lag[k]});
  return found;
}

ScheduleRows::Source ScheduleRows::source(std::uint32_t row, DateField field, Cause const& cause) const {
  auto const& links = columns();
  Source made{
      .driver = cause.driver(), .row = ActivityIndex::none, .field = field, .link = {}, .ahead = false};
  if (auto const date = source_of(links, {row, field}, cause))
    made.row = date->activity, made.field = date->field;
  if (auto const k = cause.link(); k != LinkIndex::none) {
    made.link = Link{links.type[k], links.lag_kind[k], links.lag[k]};
    made.ahead = links.predecessor[k] == row;
  }
  return made;
}

void ScheduleRows::sort(std::vector<Source>& sources) const {
  std::sort(sources.begin(), sources.end(), [&](Source const& a, Source const& b) {
    return std::tuple(key(a.row), a.link->type, a.link->lag_kind, a.link->lag) <
           std::tuple(key(b.row), b.link->type, b.link->lag_kind, b.link->lag);
  });
}

std::vector<ScheduleRows::Source> ScheduleRows::sources(std::uint32_t row, DateField field) const {
  auto const cause = results_.cause_of({row, field});
  auto const& links = columns();
  if (cause.driver() == Driver::Span && cause.link() == LinkIndex::none)
    return members_alike(row, field, cause);
  if (cause.link() == LinkIndex::none) return {source(row, field, cause)};
  if (cause.driver() != Driver::Link || links.predecessor[cause.link()] == row)
    return sources_alike(row, field, cause);
  // One that goes as late as its successors let it holds none of them.
  auto const follows = [&](std::uint32_t other) {
    for (auto const& own : {results_.start_cause[other], results_.finish_cause[other]})
      if (own.driver() == Driver::Link && links.predecessor[own.link()] == other) return true;
    return false;
  };
  std::vector<Source> found;
  auto const [first, last] = links_into(row);
  for (auto k = first; k < last; ++k) {
    bool const alike = results_.driving[k] != 0 &&
                       to_finish(links.type[k]) == to_finish(links.type[cause.link()]) &&
                       !follows(links.predecessor[k]);
    if (k == cause.link() || alike) found.push_back(source(row, field, {Driver::Link, k}));
  }
  sort(found);
  return found;
}

std::vector<ScheduleRows::Source> ScheduleRows::sources_alike(std::uint32_t row, DateField field,
                                                              Cause const& cause) const {
  auto const& links = columns();
  auto const date = [&](Source const& of) {
    return of.field == DateField::EarlyStart ? results_.early_start[of.row] : results_.early_finish[of.row];
  };
  auto const known = source(row, field, cause);
  std::vector<Source> found;
  auto const look = [&](std::uint32_t k) {
    auto each = cause;
    each.set_link(k);
    auto const other = source(row, field, each);
    bool const same_lag = other.link->lag == known.link->lag &&
                          (known.link->lag == 0 || (other.link->lag_kind == known.link->lag_kind &&
                                                    &calendar(other.row) == &calendar(known.row)));
    bool const same_end = known.ahead ? from_start(other.link->type) == from_start(known.link->type)
                                      : to_finish(other.link->type) == to_finish(known.link->type);
    if (k == cause.link() || (same_lag && same_end && date(other) == date(known))) found.push_back(other);
  };
  if (known.ahead) {
    auto const* const edited = results_.edited ? results_.edited->links.get() : nullptr;
    auto const last = edited ? edited->last_out()[row] : links.first_out[row + 1];
    for (auto o = links.first_out[row]; o < last; ++o) look(links.out[o]);
  } else {
    auto const [first, last] = links_into(row);
    for (auto k = first; k < last; ++k) look(k);
  }
  sort(found);
  return found;
}

std::vector<ScheduleRows::Source> ScheduleRows::members_alike(std::uint32_t row, DateField field,
                                                              Cause const& cause) const {
  auto const& dates = field == DateField::EarlyStart ? results_.early_start : results_.early_finish;
  auto const& members = results_.network.members();
  std::vector<Source> found;
  for (auto k = members.first[row]; k < members.first[row + 1]; ++k) {
    auto const member = members.member[k];
    if (member == cause.member() || (dates[member] == dates[cause.member()] && !removed(member)))
      found.push_back(source(row, field, Cause::of_member(member)));
  }
  std::sort(found.begin(), found.end(),
            [&](Source const& a, Source const& b) { return key(a.row) < key(b.row); });
  return found;
}

bool ScheduleRows::removed(std::uint32_t row) const {
  if (!results_.edited) return false;
  auto const& gone = results_.edited->overlay.removed_activities();
  return std::find(gone.begin(), gone.end(), key(row)) != gone.end();
}

std::vector<ScheduleRows::Source> ScheduleRows::predecessors(std::uint32_t row) const {
  std::vector<Source> found;
  auto const [first, last] = links_into(row);
  for (auto k = first; k < last; ++k) found.push_back(source(row, DateField::EarlyStart, {Driver::Link, k}));
  sort(found);
  return found;
}

}  // namespace rapport
