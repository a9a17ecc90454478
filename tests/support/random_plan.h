#ifndef RAPPORT_TESTS_SUPPORT_RANDOM_PLAN_H
#define RAPPORT_TESTS_SUPPORT_RANDOM_PLAN_H

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "rapport/schedule/schedule.h"

namespace rapport::support {

class Chance {
 public:
  explicit Chance(std::uint32_t seed) : random_(seed) {}
  std::uint32_t below(std::uint32_t n) { return static_cast<std::uint32_t>(random_()) % n; }
  bool one_in(std::uint32_t n) { return below(n) == 0; }
  Instant day_after(Instant start, std::uint32_t days) {
    return start + Elapsed{static_cast<std::int64_t>(below(days * 1440)) * 60};
  }

 private:
  std::mt19937 random_;
};

struct Kinds {
  bool progress = true, late_ones = true;
};

/// All that a plan can have: calendars, kinds, links with lags of all kinds, constraints, progress.
Facts random_plan(Chance& dice, std::uint32_t activities, Kinds kinds);

/// One to three values replaced.
Overlay random_overlay(Chance& dice, Network const& network, Kinds kinds);

/// Those of both tools, and of Primavera's the ones that differ most from them.
std::vector<std::pair<std::string, Rules>> all_rules();

/// Everything a schedule says.
void expect_same(Schedule const& got, Schedule const& expected, std::string const& where);
void expect_same_reasons(Schedule const& got, Schedule const& expected, std::string const& where);
/// Where the numbering may differ.
void expect_same_by_key(Schedule const& got, Schedule const& expected, std::string const& where);

}  // namespace rapport::support

#endif
