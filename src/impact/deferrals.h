#pragma once
// The options that do the work of a change after a milestone.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "impact/later_work.h"
#include "impact/trials.h"
#include "rapport/impact/change_options.h"

namespace rapport::detail {

/// An option that still asks for all of `change`.
[[nodiscard]] ChangeOption option_of(ChangeRequest const& change, OptionKind kind, std::string what);
/// What options are compared by, the better the smaller.
using Measures = std::array<double, 6>;
[[nodiscard]] Measures measures(Assessment const& figures);
/// Costs of it that are not known.
[[nodiscard]] std::size_t unknown_costs(Assessment const& figures);

class Deferrals {
 public:
  /// Refers to all of them, which must outlive it. `accepted`: the change done now.
  Deferrals(Context const& context, ChangeRequest const& change, Impact const& accepted, Trials& trials)
      : context_(context),
        change_(change),
        accepted_(accepted),
        now_(summary_of(accepted)),
        trials_(trials),
        later_(context, change, accepted) {}

  /// Up to so many, contract milestones first, then those of the plan, the earliest first; with their
  /// figures. One that puts nothing off, and is in all figures like accepting, is none; `tries` times as many
  /// milestones are looked at, at most.
  [[nodiscard]] std::vector<ChangeOption> offered(std::size_t count, unsigned threads,
                                                  RunControl const& control) const;

  static constexpr std::size_t tries = 4;

 private:
  struct Milestone {
    std::string activity, name;
    Instant finish;
    bool contract = false;
  };
  [[nodiscard]] std::vector<Milestone> milestones() const;
  /// Nothing where it is none.
  [[nodiscard]] std::optional<ChangeOption> after(Milestone const& milestone) const;
  /// Fills in request and figures; false when all is as when accepting.
  [[nodiscard]] bool assess(Milestone const& milestone, ChangeOption& option, WhatIf& what_if) const;
  [[nodiscard]] Assessment figures(Impact const& deferred, LaterWork::Tests const& run_before) const;

  Context const& context_;
  ChangeRequest const& change_;
  Impact const& accepted_;
  Assessment now_;
  Trials& trials_;
  LaterWork later_;
};

}  // namespace rapport::detail
