#include "rapport/impact/best_subset.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <queue>
#include <set>

#include "base/number_text.h"
#include "impact/parallel.h"
#include "impact/parts.h"
#include "impact/random.h"
#include "impact/trials.h"

namespace rapport {
namespace {

using Choice = std::vector<std::size_t>;  // Positions, ascending.

/// What is left out, cheapest to leave out first.
struct LeftOut {
  double value = 0;
  std::vector<std::size_t> ranks;  ///< In the order of value, ascending.
};
struct DearerLast {
  bool operator()(LeftOut const& a, LeftOut const& b) const {
    return a.value != b.value ? a.value > b.value : a.ranks > b.ranks;
  }
};

/// All sets, least left out first: each set comes from exactly one other by adding the next rank or
/// moving the last one on.
class BySmallestLoss {
 public:
  explicit BySmallestLoss(std::vector<double> ascending) : values_(std::move(ascending)) { open_.push({}); }
  [[nodiscard]] bool empty() const { return open_.empty(); }
  [[nodiscard]] double next_loss() const { return open_.top().value; }
  LeftOut pop() {
    LeftOut const top = open_.top();
    open_.pop();
    auto const next = top.ranks.empty() ? 0 : top.ranks.back() + 1;
    if (next < values_.size()) {
      LeftOut more = top;
      more.ranks.push_back(next);
      more.value = sum(more.ranks);
      open_.push(std::move(more));
      if (!top.ranks.empty()) {
        LeftOut other = top;
        other.ranks.back() = next;
        other.value = sum(other.ranks);
        open_.push(std::move(other));
      }
    }
    return top;
  }

 private:
  // Summed anew, so that equal sets of values have equal sums.
  [[nodiscard]] double sum(std::vector<std::size_t> const& ranks) const {
    double total = 0;
    for (auto const rank : ranks) total += values_[rank];
    return total;
  }
  std::vector<double> values_;
  std::priority_queue<LeftOut, std::vector<LeftOut>, DearerLast> open_;
};

class Search {
 public:
  Search(detail::Context const& context, std::span<ChangeRequest const> changes, SubsetGoal const& goal)
      : context_(context), changes_(changes), goal_(goal), value_(goal.value), trials_(context.before) {
    if (value_.empty()) value_.assign(changes.size(), 1);
  }

  void check() const {
    detail::check_different(changes_);
    if (changes_.size() > 10'000)
      throw InvalidInput("there are " + std::to_string(changes_.size()) +
                         " changes to choose from; choose from at most 10000");
    if (value_.size() != changes_.size())
      throw InvalidInput("there are " + std::to_string(value_.size()) + " values for " +
                         std::to_string(changes_.size()) + " changes; give one for each, or none");
    for (std::size_t i = 0; i < value_.size(); ++i)
      if (!(value_[i] >= 0) || !std::isfinite(value_[i]))
        throw InvalidInput("the value of change " + changes_[i].key + " is " + std::to_string(value_[i]) +
                           "; give zero or more");
    // Beyond it sums of values would not be told apart.
    constexpr double most = 1e15;
    for (std::size_t i = 0; i < value_.size(); ++i)
      if (value_[i] > most)
        throw InvalidInput("the value of change " + changes_[i].key + " is " + short_text(value_[i]) +
                           "; give a number up to " + short_text(most));
  }

  [[nodiscard]] double value_of(Choice const& choice) const {
    double total = 0;
    for (auto const i : choice) total += value_[i];
    return total;
  }

  /// What a set does; an error when its changes cannot be made together.
  [[nodiscard]] Assessment assess_set(Choice const& choice) {
    ChangeRequest together;
    for (auto const i : choice) {
      together.key += (together.key.empty() ? "" : "+") + changes_[i].key;
      together.edits.insert(together.edits.end(), changes_[i].edits.begin(), changes_[i].edits.end());
    }
    try {
      return trials_.with_one([&](WhatIf& what_if) {
        return summary_of(detail::assess(context_, together, {}, detail::Extent::Moved, &what_if));
      });
    } catch (Error const& error) {
      if (error.status() == Status::Cancelled) throw;
      Assessment failed;
      failed.error = error.what();
      return failed;
    }
  }

  [[nodiscard]] bool keeps_to_limits(Assessment const& a) const {
    if (!a.error.empty()) return false;
    if (goal_.finish_by && context_.before.finish() + a.finish_delta > *goal_.finish_by) return false;
    if (!goal_.budget) return true;
    if (a.cost_delta && a.cost_delta->minor > 0 && a.cost_delta->currency != goal_.budget->currency)
      throw InvalidInput("the budget is in " + goal_.budget->currency.code() + ", the changes cost " +
                         a.cost_delta->currency.code() + "; give both in one currency");
    return (a.cost_delta ? a.cost_delta->minor : 0) <= goal_.budget->minor;
  }

  /// Keeps the better of the best so far and `choice`.
  void offer(Choice const& choice, Assessment const& assessment) {
    if (!tried_.insert(digest(choice)).second) return;
    ++best.evaluated;
    if (!keeps_to_limits(assessment)) return;
    double const value = value_of(choice);
    auto const cost = [](Assessment const& a) { return a.cost_delta ? a.cost_delta->minor : 0; };
    if (best.feasible) {
      if (value < best.value) return;
      if (value == best.value && std::make_pair(cost(assessment), assessment.finish_delta.seconds) >=
                                     std::make_pair(cost(best.together), best.together.finish_delta.seconds))
        return;
    }
    best.feasible = true;
    best.value = value;
    best.chosen = choice;
    best.together = assessment;
  }

  /// Adds one change after the other in `order` while the limits hold.
  void greedy(std::vector<std::size_t> const& order, RunControl const& control) {
    Choice chosen;
    for (auto const i : order) {
      tell(control);
      if (best.evaluated >= goal_.evaluations) return;
      Choice more = chosen;
      more.insert(std::lower_bound(more.begin(), more.end(), i), i);
      auto const assessment = assess_set(more);
      offer(more, assessment);
      if (keeps_to_limits(assessment)) chosen = std::move(more);
    }
  }

  void run(unsigned threads, RunControl const& control) {
    auto const n = changes_.size();
    double const total = std::accumulate(value_.begin(), value_.end(), 0.0);
    best.bound = total;
    alone_.assign(n, {});
    detail::in_parallel(n, threads, control, "assessing changes",
                        [&](std::size_t i) { alone_[i] = assess_set({i}); });
    for (auto const& one : alone_) best.assumed.push_back(one.assumed);
    offer({}, assess_set({}));
    std::vector<std::size_t> by_value(n);
    std::iota(by_value.begin(), by_value.end(), std::size_t{0});
    std::stable_sort(by_value.begin(), by_value.end(),
                     [&](std::size_t a, std::size_t b) { return value_[a] < value_[b]; });
    if (n > 12) {  // Fewer are enumerated as quickly.
      greedy({by_value.rbegin(), by_value.rend()}, control);
      greedy(by_price(by_value), control);
    }
    std::vector<double> ascending;
    for (auto const i : by_value) ascending.push_back(value_[i]);
    BySmallestLoss sets(ascending);
    auto const worth = [&](double loss) { return std::max(0.0, total - loss); };
    constexpr std::size_t round = 64;
    std::vector<Choice> tried;
    std::vector<Assessment> found;
    while (!sets.empty() && best.evaluated < goal_.evaluations) {
      double const next = worth(sets.next_loss());
      // Values are sums in different orders: equal to the last digit or not, they are the same.
      if (best.feasible && next < best.value - 1e-9 * std::max(1.0, total)) break;
      tried.clear();
      while (!sets.empty() && tried.size() < std::min(round, goal_.evaluations - best.evaluated)) {
        auto const out = sets.pop();
        Choice choice;
        for (std::size_t rank = 0, o = 0; rank < n; ++rank) {
          if (o < out.ranks.size() && out.ranks[o] == rank)
            ++o;
          else
            choice.push_back(by_value[rank]);
        }
        std::sort(choice.begin(), choice.end());
        if (!tried_.contains(digest(choice))) tried.push_back(std::move(choice));
      }
      found.assign(tried.size(), {});
      // A round of many large sets takes long, so that its progress is asked after within it.
      RunControl const within{[&](Progress const&) {
        tell(control);
        return true;
      }};
      detail::in_parallel(tried.size(), threads, within, "", [&](std::size_t i) {
        found[i] = tried[i].size() == 1 ? alone_[tried[i].front()] : assess_set(tried[i]);
      });
      for (std::size_t i = 0; i < tried.size(); ++i) offer(tried[i], found[i]);
      tell(control);
    }
    best.bound = sets.empty() ? best.value : std::max(best.value, worth(sets.next_loss()));
    best.exact = best.feasible && best.bound <= best.value + 1e-9 * std::max(1.0, total);
    if (best.exact) best.bound = best.value;
  }

  BestSubset best;

 private:
  using Digest = std::pair<std::uint64_t, std::uint64_t>;

  /// A set in 128 bits: the sets themselves would fill the memory.
  static Digest digest(Choice const& choice) {
    Digest made{choice.size(), ~choice.size()};
    for (auto const i : choice) {
      made.first = detail::mixed(made.first ^ i);
      made.second = detail::mixed(made.second + i);
    }
    return made;
  }

  void tell(RunControl const& control) const {
    control.report(
        std::min(1.0, static_cast<double>(best.evaluated) / static_cast<double>(goal_.evaluations)),
        "trying sets of changes");
  }

  /// Most value for the money first; what costs nothing before everything.
  [[nodiscard]] std::vector<std::size_t> by_price(std::vector<std::size_t> order) {
    std::vector<double> price(changes_.size());
    for (std::size_t i = 0; i < changes_.size(); ++i) {
      auto const& alone = alone_[i];
      offer({i}, alone);
      double const cost = goal_.budget ? static_cast<double>(alone.cost_delta ? alone.cost_delta->minor : 0)
                                       : static_cast<double>(alone.finish_delta.seconds);
      price[i] = cost <= 0 ? -1 : cost / std::max(value_[i], 1e-12);
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return price[a] < price[b]; });
    return order;
  }

  detail::Context const& context_;
  std::span<ChangeRequest const> changes_;
  SubsetGoal const& goal_;
  std::vector<double> value_;
  std::vector<Assessment> alone_;  ///< Each change by itself.
  std::set<Digest> tried_;         ///< Sets that were offered.
  detail::Trials trials_;
};

}  // namespace

BestSubset best_subset(Project const& project, Schedule const& before, std::span<ChangeRequest const> changes,
                       SubsetGoal const& goal, BatchOptions const& options, RunControl const& control) {
  detail::Context const context(project, before, options.assess);
  Search search(context, changes, goal);
  search.check();
  search.run(options.threads, control);
  return std::move(search.best);
}

Table to_table(BestSubset const& best, std::span<ChangeRequest const> changes, SubsetGoal const& goal) {
  std::vector<std::string> keys, titles;
  std::vector<double> values;
  std::vector<bool> chosen, assumed;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    keys.push_back(changes[i].key);
    titles.push_back(changes[i].title);
    values.push_back(i < goal.value.size() ? goal.value[i] : 1);
    chosen.push_back(std::binary_search(best.chosen.begin(), best.chosen.end(), i));
    assumed.push_back(i < best.assumed.size() && best.assumed[i]);
  }
  Table table("best_subset");
  table.add("change", keys)
      .add("title", titles)
      .add("value", values)
      .add("chosen", chosen)
      .add("assumed", assumed);
  return table;
}

}  // namespace rapport
