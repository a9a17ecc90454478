#pragma once

#include <cstddef>
#include <vector>

#include "rapport/base/time.h"

namespace rapport {

/// How MS Project repeats a calendar exception; the numbers are those of the MSPDI schema.
enum class RecurrenceType {
  Daily = 1,
  YearlyByDay = 2,
  YearlyByPosition = 3,
  MonthlyByDay = 4,
  MonthlyByPosition = 5,
  Weekly = 6,
};

struct Recurrence {
  RecurrenceType type = RecurrenceType::Daily;
  Date first, last;        ///< Inclusive.
  int occurrences = 0;     ///< At most this many; 0: until `last`.
  int period = 1;          ///< Every n-th day, week or month.
  unsigned weekdays = 0;   ///< Weekly: bit 0 = Sunday … bit 6 = Saturday.
  int month = 0;           ///< Yearly: 0 = January.
  int month_day = 1;       ///< By day: 1 … 31.
  int month_item = 0;      ///< By position: 0 day, 1 weekday, 2 weekend day, 3 Sunday … 9 Saturday.
  int month_position = 0;  ///< By position: 0 first … 3 fourth, 4 last.
};

/// The days it falls on, in order, at most `limit`. A day of the month that a month lacks is its last day.
/// Cost: O(days from first to last).
[[nodiscard]] std::vector<Date> days_of(Recurrence const& recurrence, std::size_t limit);

}  // namespace rapport
