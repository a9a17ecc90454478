#ifndef RAPPORT_TESTS_SUPPORT_MINUTE_WALK_H
#define RAPPORT_TESTS_SUPPORT_MINUTE_WALK_H

#include <cstdint>
#include <span>
#include <vector>

#include "rapport/model/facts.h"

namespace rapport::support {

/// A calendar that walks from minute to minute and asks of each whether it is worked: slow, obvious,
/// and without a table. Times are minutes since 1970.
class MinuteWalk {
 public:
  /// The calendar, its base, the base's base.
  explicit MinuteWalk(std::vector<Calendar> chain);

  [[nodiscard]] bool works(std::int64_t minute) const;
  [[nodiscard]] std::int64_t next(std::int64_t t) const;
  [[nodiscard]] std::int64_t previous(std::int64_t t) const;
  [[nodiscard]] std::int64_t add(std::int64_t t, std::int64_t work) const;
  [[nodiscard]] std::int64_t between(std::int64_t a, std::int64_t b) const;

 private:
  [[nodiscard]] DayShifts shifts(Date day) const;
  std::vector<Calendar> chain_;
  std::vector<char> worked_;  ///< Each minute of two years, for speed alone.
};

}  // namespace rapport::support

#endif
