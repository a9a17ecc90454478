// Work on the calendars of those who do it. An activity begins with its first assignment and ends with
// its last; without assignments of its own it runs on one calendar.

#include <algorithm>

#include "schedule/results.h"

namespace rapport {
namespace {

struct Range {
  std::uint32_t first, last;
};

Range assignments_of(Pass const& pass, std::uint32_t i) {
  auto const& first = pass.network.assignments().first;
  return {first[i], first[i + 1]};
}

/// What of `work` an assignment does.
std::int64_t part(Pass const& pass, std::uint32_t assignment, std::int64_t work) {
  auto const& assignments = pass.network.assignments();
  auto const& own = pass.rules.tool == Tool::Microsoft ? assignments.duration : assignments.remaining;
  return std::min(work, own[assignment]);
}

}  // namespace

std::int64_t finish_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t start, std::int64_t work) {
  auto const& assignments = pass.network.assignments();
  std::int64_t finish = no_instant;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    auto const& own = pass.calendars[assignments.calendar[k]];
    finish = std::max(finish, add(own, start + assignments.lag[k], part(pass, k, work)));
  }
  return finish;
}

std::int64_t start_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t finish, std::int64_t work) {
  auto const& assignments = pass.network.assignments();
  std::int64_t start = INT64_MAX;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    auto const& own = pass.calendars[assignments.calendar[k]];
    start = std::min(start, add(own, finish, -part(pass, k, work)) - assignments.lag[k]);
  }
  return start;
}

std::int64_t assigned_begins(Pass const& pass, std::uint32_t i, std::int64_t t) {
  std::int64_t begin = INT64_MAX;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    begin = std::min(begin, next_working(pass.calendars[pass.network.assignments().calendar[k]], t));
  }
  return begin;
}

std::int64_t assigned_ends(Pass const& pass, std::uint32_t i, std::int64_t t) {
  std::int64_t end = no_instant;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    end = std::max(end, previous_working(pass.calendars[pass.network.assignments().calendar[k]], t));
  }
  return end;
}

}  // namespace rapport
