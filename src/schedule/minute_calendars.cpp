#include <algorithm>
#include <bit>
#include <string>

#include "network/calendar_tables.h"
#include "rapport/base/error.h"
#include "rapport/schedule/calendar_path.h"
#include "schedule/pass_variants.h"

namespace rapport {
namespace {

constexpr std::int32_t minutes_per_day = 1440;
constexpr std::uint32_t shortest_bucket = 32;  // minutes: bounds the memory of calendars with short days
constexpr std::int32_t no_offset = 2047, longest_gap = 127;
constexpr std::int32_t fewest_kinds = 32;  // in a row of shifts: two vectors of any width

}  // namespace

MinuteCalendars::MinuteCalendars(std::span<WorkingTime const> calendars, Instant origin, std::int32_t days) {
  if (days < 1 || days > 11000)
    throw InvalidInput(std::to_string(days) + " days of calendars asked for; 1 to 11000 are held");
  if (origin.seconds % (minutes_per_day * 60) != 0)
    throw InvalidInput("calendars begin at midnight, not at " + to_string(origin));
  end_ = days * minutes_per_day;
  for (auto const& calendar : calendars) fill(calendar, origin, days);
  if (calendars.empty()) return;

  auto shortest = static_cast<std::uint32_t>(minutes_per_day);
  std::size_t shifts = 1;
  for (auto const& kind : kinds_) {
    std::int32_t work = 0;
    for (auto const& shift : kind) work += (shift.to - shift.from) / 60;
    if (work > 0) shortest = std::min(shortest, static_cast<std::uint32_t>(work));
    shifts = std::max(shifts, kind.size());
  }
  shifts_ = static_cast<std::int32_t>(shifts);
  shift_row_ = std::max(fewest_kinds, static_cast<std::int32_t>(kinds_.size()));
  for (std::size_t number = 0; number < shifts; ++number) {
    for (std::size_t k = 0; k < static_cast<std::size_t>(shift_row_); ++k) {
      // Shifts that a day lacks begin where its last one ends, and are none.
      std::int32_t begin = 0, end = 0;
      for (std::size_t s = 0; k < kinds_.size() && s < kinds_[k].size() && s <= number; ++s) {
        begin = s == number ? kinds_[k][s].from / 60 : kinds_[k][s].to / 60;
        end = kinds_[k][s].to / 60;
      }
      shift_.push_back(begin | (end - begin) << 16);
    }
  }
  // A bucket no longer than the shortest day holds at most two days.
  bits_ = static_cast<std::int32_t>(std::bit_width(std::max(shortest, shortest_bucket))) - 1;
  steps_ = shortest < shortest_bucket;
  buckets_ = (*std::max_element(total_.begin(), total_.end()) >> bits_) + 1;
  for (std::size_t c = 0; c < total_.size(); ++c) {
    std::int32_t const* const day = &day_[c * static_cast<std::size_t>(days + 1)];
    auto const rank_of = [&](std::int32_t d) {
      return static_cast<std::int32_t>(static_cast<std::uint32_t>(day[d]) >> 8);
    };
    std::int32_t own = 0, next = 0;  // the last days that begin at these ranks or before
    for (std::int32_t b = 0; b < buckets_; ++b) {
      std::int32_t const rank = b << bits_, end = (b + 1) << bits_;
      while (own < days && rank_of(own + 1) <= rank) ++own;
      next = std::max(own, next);
      while (next < days && rank_of(next) <= rank) ++next;
      while (next < days && rank_of(next + 1) <= rank_of(next)) ++next;
      bool const begins = next > own && rank_of(next) < end;
      std::int32_t const offset = begins ? rank_of(next) - rank : no_offset;
      std::int32_t const gap = begins ? std::min(next - own, longest_gap) : 0;
      std::int32_t const worked = std::min(rank - rank_of(own), minutes_per_day - 1);  // after all days: any
      steps_ = steps_ || (begins && next - own > longest_gap);
      auto const bits = [](std::int32_t value, int at) { return static_cast<std::uint64_t>(value) << at; };
      bucket_.push_back(bits(own, 0) | bits(offset, 14) | bits(gap, 25) | bits(day[own] & 255, 32) |
                        bits(begins ? day[next] & 255 : 0, 40) | bits(worked, 48));
    }
  }
  day_.push_back(day_.back());  // where a step past the last day of all would look
}

void MinuteCalendars::fill(WorkingTime const& calendar, Instant origin, std::int32_t days) {
  auto const refuse = [&](char const* why) {
    throw InvalidInput("calendar " + calendar.key() + " (" + calendar.name() + ") " + why);
  };
  auto const& tables = calendar.tables();
  std::int32_t rank = 0;
  DayPattern const* known = nullptr;  // days mostly are as the day before
  std::int32_t kind = 0;
  for (std::int32_t d = 0; d < days; ++d) {
    DayPattern const& pattern = tables.pattern_at(origin.seconds + d * seconds_per_day);
    if (&pattern != known) {
      known = &pattern;
      std::vector<Shift> const shifts(pattern.shifts.begin(), pattern.shifts.end());
      for (auto const& shift : shifts)
        if (shift.from % 60 != 0 || shift.to % 60 != 0) refuse("changes within a minute; use whole minutes");
      auto const found = std::find(kinds_.begin(), kinds_.end(), shifts);
      kind = static_cast<std::int32_t>(found - kinds_.begin());
      if (found == kinds_.end()) kinds_.push_back(shifts);
      if (kind > 255) refuse("has days that make more than 256 kinds of day with those of the others");
    }
    day_.push_back(
        static_cast<std::int32_t>(static_cast<std::uint32_t>(rank) << 8 | static_cast<std::uint32_t>(kind)));
    rank += static_cast<std::int32_t>(pattern.total / 60);
  }
  if (rank == 0) refuse("has no working time in the days asked for");
  // The instant after the last day counts as the beginning of one like the first.
  day_.push_back(static_cast<std::int32_t>(static_cast<std::uint32_t>(rank) << 8));
  total_.push_back(rank);
}

MinuteCalendars::Arrays MinuteCalendars::arrays() const {
  Arrays a{};
  a.day = day_.data(), a.bucket = bucket_.data(), a.shift = shift_.data();
  a.end = end_, a.days = end_ / minutes_per_day + 1;
  a.buckets = buckets_, a.bits = bits_, a.bucket_mask = (1 << bits_) - 1,
  a.last_rank = (buckets_ << bits_) - 1;
  a.kinds = static_cast<std::int32_t>(kinds_.size()), a.shift_row = shift_row_, a.shifts = shifts_;
  a.steps = steps_;
  return a;
}

void MinuteCalendars::add(std::span<std::int32_t const> calendar, std::span<std::int32_t const> from,
                          std::span<std::int32_t const> work, std::span<std::int32_t> to) const {
  if (calendar.size() != from.size() || calendar.size() != work.size() || calendar.size() != to.size())
    throw InvalidInput("the arrays to be added differ in length: calendars " +
                       std::to_string(calendar.size()) + ", instants " + std::to_string(from.size()) +
                       ", work " + std::to_string(work.size()) + ", results " + std::to_string(to.size()));
  auto const unknown = std::find_if(calendar.begin(), calendar.end(), [&](std::int32_t c) {
    return c < 0 || static_cast<std::size_t>(c) >= size();
  });
  if (unknown != calendar.end())
    throw InvalidInput("question " + std::to_string(unknown - calendar.begin()) + " names calendar " +
                       std::to_string(*unknown) + " of " + std::to_string(size()));
  pass_variants().back().add_work(arrays(), calendar.size(), calendar.data(), from.data(), work.data(),
                                  to.data());
}

}  // namespace rapport
