#include "rapport/impact/propagation.h"

#include "base/number_text.h"
#include "rapport/base/error.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

void check_fraction(double value, std::string const& what) {
  if (!(value >= 0 && value <= 1))
    throw InvalidInput(what + " is " + std::to_string(value) + "; give a number from 0 to 1");
}

}  // namespace

std::array<PropagationRule, trace_type_count> PropagationRules::defaults() {
  Probability const never, seldom(0.2), even(0.5), often(0.8), always(1);
  return {{
      {TraceType::Derives, often, 0.5, seldom, 0.1},
      {TraceType::DependsOn, even, 0.3, never, 0},
      {TraceType::Conflicts, even, 0.3, even, 0.3},
      {TraceType::Implements, always, 1, never, 0},
      {TraceType::Produces, always, 1, never, 0},
      {TraceType::Verifies, always, 1, never, 0},
      {TraceType::Threatens, always, 0, never, 0},
      {TraceType::Concerns, always, 0, never, 0},
      {TraceType::Charges, always, 0, never, 0},
  }};
}

void check(AssessOptions const& options) {
  auto const& propagation = options.propagation;
  for (std::size_t i = 0; i < trace_type_count; ++i) {
    auto const& rule = propagation.by_type[i];
    std::string const name(to_name(static_cast<TraceType>(i)));
    if (rule.type != static_cast<TraceType>(i))
      throw InvalidInput("propagation rule " + std::to_string(i) + " is for " +
                         std::string(to_name(rule.type)) + "; at this place stands the rule for " + name);
    check_fraction(rule.share, "the share of traces of type " + name);
    check_fraction(rule.upstream_share, "the upstream share of traces of type " + name);
  }
  if (propagation.depth < 1 || propagation.depth > 64)
    throw InvalidInput("the depth of propagation is " + std::to_string(propagation.depth) +
                       "; give a number from 1 to 64");
  check_fraction(propagation.cutoff, "the cutoff of propagation");
  check_fraction(options.rework.of_not_started, "the rework of activities not started");
  check_fraction(options.rework.of_in_progress, "the rework of activities in progress");
  check_fraction(options.rework.of_completed, "the rework of completed activities");
  if (options.rework.suffix.empty())
    throw InvalidInput("the suffix of rework activities is empty; give one, such as \"-REWORK\"");
  // Beyond it figures could not be told apart from faults, nor multiplied.
  constexpr double most = 1e6;
  auto const& injected = options.quality.injected_per_hour.value;
  if (!(injected >= 0 && injected <= most))
    throw InvalidInput("the defects injected per hour are " + short_text(injected) +
                       "; give a number from 0 to 1,000,000");
  for (auto const& effort : options.quality.repair_effort)
    if (!(effort.value >= 0 && effort.value <= most))
      throw InvalidInput("the effort to mend a defect is " + short_text(effort.value) +
                         " hours; give a number from 0 to 1,000,000");
  for (std::size_t i = 0; i < options.quality.removal_efficiency.size(); ++i)
    check_fraction(options.quality.removal_efficiency[i].value,
                   "the removal efficiency of level " + std::string(to_name(static_cast<TestLevel>(i))));
}

}  // namespace rapport
