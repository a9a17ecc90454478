#pragma once
// For one change, what could be done: accept it, do it later, do less of it, pay for speed, or drop
// something else; and which of these nothing beats.

#include <string>
#include <vector>

#include "rapport/impact/assess_all.h"

namespace rapport {

enum class OptionKind : std::uint8_t { Accept, Defer, ReduceScope, Crash, Drop };
[[nodiscard]] std::string_view name_of(OptionKind kind);  ///< "reduce_scope".

/// How the options are made; every number is an assumption that the result names.
struct OptionRules {
  std::vector<double> scopes = {0.75, 0.5, 0.25};  ///< Shares of the change that are looked at.
  double crash_share = 0.25;    ///< Of the duration of an activity that can be won by paying.
  double crash_premium = 0.5;   ///< Dearer than at the usual rate is the time won, as a share of it.
  std::size_t crash_steps = 5;  ///< Activities crashed at most.
  std::size_t milestones = 8;   ///< After which the change may be deferred, at most.
  std::size_t drops = 12;       ///< Requirements whose loss is looked at, least wanted first, at most.
};

struct ChangeOption {
  OptionKind kind = OptionKind::Accept;
  std::string what;       ///< "defer to after M-2", "drop REQ-42".
  ChangeRequest request;  ///< What would be done instead, as a change that can be assessed.
  Assessment figures;
  bool on_front = false;  ///< No other option is as good in everything and better in something.
  std::vector<std::string> assumptions;
};

/// The options for `change`, accepting first. Deferring does what the change adds to the work of
/// existing activities after a milestone instead of now, as activities of their own that hold what the work
/// holds when it is done now, or what follows that where it leads to the milestone or has begun; contract
/// milestones and unfinished milestones of the plan are tried. One that is over before the work begins puts
/// nothing off and is left out, as is one after which no work is done later than now, when figures and
/// milestone are as when accepting. A test still to come that begins before the milestone is run again after
/// the later work, at its price; one that begins after it and ends before that work does not see it. Crashing
/// shortens the longest critical activities one after the other until the finish is as before. Dropping
/// removes one requirement of priority wont, could or should that is not implemented. Compared are finish,
/// lateness at contract milestones, cost, and quality (defects escaping, tests to repeat, confirmations that
/// lapse). Reducing the scope shrinks what the change asks for: magnitudes of requirements, work and costs
/// that it adds, and the work, durations, quantities and amounts of activities that it adds, not their links,
/// calls upon resources and amounts per day. An option with more costs that are not known beats none with
/// fewer. Cost: one assessment per option, a few for each milestone looked at (four times as many as are
/// offered at most). Errors: as assess, for the change itself; an option that cannot be assessed carries its
/// error and is not on the front.
[[nodiscard]] std::vector<ChangeOption> options_for(Project const& project, Schedule const& before,
                                                    ChangeRequest const& change,
                                                    OptionRules const& rules = {},
                                                    BatchOptions const& options = {},
                                                    RunControl const& control = {});

/// kind, what, on_front, the figures of an assessment, assumptions; in the order given.
[[nodiscard]] Table to_table(std::vector<ChangeOption> const& options);

}  // namespace rapport
