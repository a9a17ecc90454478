// Work on the calendars of those who do it. An activity begins with its first assignment and ends with
// its last; without assignments of its own it runs on one calendar.

#include <algorithm>
#include <cmath>

#include "schedule/pass.h"

namespace rapport {
namespace {

struct Range {
  std::uint32_t first, last;
};

Range assignments_of(Pass const& pass, std::uint32_t i) {
  auto const& first = pass.network.assignments().first;
  return {first[i], first[i + 1]};
}

/// How long an assignment works while the activity does `work`: all of its own in what the activity has left,
/// or has in all, and otherwise in proportion.
std::int64_t part(Pass const& pass, std::uint32_t assignment, std::int64_t work) {
  auto const& all = pass.network.assignments();
  auto const duration = all.duration[assignment], of_duration = all.of_duration[assignment];
  auto const remaining = all.remaining[assignment], of_remaining = all.of_remaining[assignment];
  bool const by_remaining = pass.rules.tool == Tool::Primavera;
  if (!by_remaining && work == of_duration) return duration;
  if (work == of_remaining) return remaining;
  auto const own = by_remaining ? remaining : duration, whole = by_remaining ? of_remaining : of_duration;
  if (whole <= 0) return work;
  double const share = static_cast<double>(work) / static_cast<double>(whole);
  return std::llround(static_cast<double>(own) * share / 60) * 60;
}

/// What the assignment takes from the start of the activity, or of what is left of it, to its own end: the
/// lag has passed once the activity is under way.
std::int64_t reach(Pass const& pass, std::uint32_t i, std::uint32_t assignment, std::int64_t work) {
  bool const from_its_start =
      pass.rules.tool == Tool::Primavera ? !pass.started(i) : work == pass.activity.duration[i];
  auto const lag = from_its_start ? pass.network.assignments().lag[assignment] : 0;
  return std::max<std::int64_t>(0, lag + part(pass, assignment, work));
}

WorkingTime const& calendar_of(Pass const& pass, std::uint32_t assignment) {
  return pass.calendars[pass.network.assignments().calendar[assignment]];
}

}  // namespace

std::int64_t finish_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t start, std::int64_t work) {
  std::int64_t finish = no_instant;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    finish = std::max(finish, add(calendar_of(pass, k), start, reach(pass, i, k, work)));
  }
  return finish;
}

std::int64_t start_of_assigned(Pass const& pass, std::uint32_t i, std::int64_t finish, std::int64_t work) {
  std::int64_t start = INT64_MAX;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    start = std::min(start, add(calendar_of(pass, k), finish, -reach(pass, i, k, work)));
  }
  return start;
}

std::int64_t assigned_begins(Pass const& pass, std::uint32_t i, std::int64_t t) {
  std::int64_t begin = INT64_MAX;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    begin = std::min(begin, next_working(calendar_of(pass, k), t));
  }
  return begin;
}

std::int64_t assigned_ends(Pass const& pass, std::uint32_t i, std::int64_t t) {
  std::int64_t end = no_instant;
  for (auto [k, last] = assignments_of(pass, i); k < last; ++k) {
    end = std::max(end, previous_working(calendar_of(pass, k), t));
  }
  return end;
}

}  // namespace rapport
