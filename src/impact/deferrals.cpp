#include "impact/deferrals.h"

#include <algorithm>
#include <set>

#include "impact/parallel.h"

namespace rapport::detail {

ChangeOption option_of(ChangeRequest const& change, OptionKind kind, std::string what) {
  ChangeOption made;
  made.kind = kind;
  made.what = std::move(what);
  made.request = change;
  made.request.title += ": " + made.what;
  return made;
}

Measures measures(Assessment const& a) {
  return {static_cast<double>(a.finish_delta.seconds),
          static_cast<double>(a.contract_lateness.seconds),
          static_cast<double>(a.cost_delta ? a.cost_delta->minor : 0),
          a.defects_escaping.value_or(0),
          static_cast<double>(a.tests_to_repeat.value_or(0)),
          static_cast<double>(a.requirements_to_confirm.value_or(0))};
}

std::size_t unknown_costs(Assessment const& a) { return a.unpriced + (a.cost_delta ? 0U : 1U); }

std::vector<Deferrals::Milestone> Deferrals::milestones() const {
  std::vector<Milestone> found;
  std::set<std::string> seen;
  auto const& network = context_.network();
  auto const& facts = context_.project.facts();
  auto const add = [&](std::string const& activity, std::string const& name, bool contract) {
    auto const index = network.find(activity);
    if (!index || network.completed(*index) || !seen.insert(activity).second) return;
    Instant const finish = context_.before.dates(activity).early_finish;
    // Before the work begins nothing would be put off.
    if (finish > later_.start()) found.push_back({activity, name, finish, contract});
  };
  for (auto const& one : facts.contract_milestones) add(one.activity, one.key, true);
  for (auto const& one : facts.activities)
    if (one.kind == ActivityKind::StartMilestone || one.kind == ActivityKind::FinishMilestone)
      add(one.key, one.key, false);
  std::stable_sort(found.begin(), found.end(), [](Milestone const& a, Milestone const& b) {
    return a.contract != b.contract ? a.contract : a.finish < b.finish;
  });
  return found;
}

std::vector<ChangeOption> Deferrals::offered(std::size_t count, unsigned threads,
                                             RunControl const& control) const {
  std::vector<ChangeOption> offered;
  if (later_.empty()) return offered;
  auto all = milestones();
  all.resize(std::min(all.size(), tries * count));
  auto const share = [&](std::size_t of) {
    return static_cast<double>(of) / static_cast<double>(all.size());
  };
  for (std::size_t next = 0; next < all.size() && offered.size() < count;) {
    // As many as are still wanted; some of them may be none.
    std::size_t const first = next;
    next += std::min(count - offered.size(), all.size() - first);
    std::vector<std::optional<ChangeOption>> tried(next - first);
    in_parallel(tried.size(), threads, control.part(share(first), share(next)), "deferring",
                [&](std::size_t i) { tried[i] = after(all[first + i]); });
    for (auto& one : tried)
      if (one) offered.push_back(std::move(*one));
  }
  return offered;
}

std::optional<ChangeOption> Deferrals::after(Milestone const& milestone) const {
  auto request = later_.after(milestone.activity);
  if (!request) return std::nullopt;
  auto made = option_of(change_, OptionKind::Defer, "defer to after " + milestone.name);
  made.request.edits = std::move(request->edits);
  made.assumptions = {"the work is as much as when it is done now",
                      "tests that are run before it are run again"};
  try {
    bool const differs = trials_.with_one([&](WhatIf& what_if) { return assess(milestone, made, what_if); });
    if (!differs) return std::nullopt;
  } catch (Error const& error) {
    if (error.status() == Status::Cancelled) throw;
    made.figures = {};
    made.figures.change = change_.key;
    made.figures.error = error.what();
  }
  return made;
}

bool Deferrals::assess(Milestone const& milestone, ChangeOption& option, WhatIf& what_if) const {
  auto const assessed = [&] { return detail::assess(context_, option.request, {}, Extent::Moved, &what_if); };
  std::optional<Impact> deferred = assessed();
  auto run_before = later_.tests_before(milestone.activity, *deferred);
  // Tests that are run again may hold others, which then come after the milestone.
  for (bool settled = run_before.empty(); !settled;) {
    deferred.reset();
    option.request.edits = later_.after(milestone.activity, run_before)->edits;
    deferred = assessed();
    auto const still = later_.tests_before(milestone.activity, *deferred);
    settled = std::erase_if(run_before, [&](auto const& test) { return !still.contains(test); }) == 0;
  }
  option.figures = figures(*deferred, run_before);
  return later_.puts_off(milestone.activity, *deferred) || measures(option.figures) != measures(now_) ||
         unknown_costs(option.figures) != unknown_costs(now_);
}

Assessment Deferrals::figures(Impact const& deferred, LaterWork::Tests const& run_before) const {
  auto figures = summary_of(deferred);
  figures.unpriced += later_.unpriced(run_before);
  bool const costs = figures.cost_delta && figures.cost_delta->minor != 0;
  figures.assumed = accepted_.work_assumed() && (figures.finish_delta.seconds != 0 || costs);
  // What is done later changes the same things.
  figures.nodes_reached = now_.nodes_reached;
  figures.requirements_to_confirm = now_.requirements_to_confirm;
  figures.tests_to_repeat = now_.tests_to_repeat;
  if (figures.tests_to_repeat) *figures.tests_to_repeat += run_before.size();
  figures.defects_escaping = now_.defects_escaping;
  if (figures.defects_escaping) figures.defects_escaping = later_.escaping(deferred, run_before);
  return figures;
}

}  // namespace rapport::detail
