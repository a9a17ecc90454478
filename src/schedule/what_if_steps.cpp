#include "rapport/schedule/what_if_steps.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace rapport {

WhatIfSteps::WhatIfSteps(Schedule before)
    : what_if_(before), overlay_(before.network()), after_(std::move(before)) {
  overlay_.keep();
}

void WhatIfSteps::take(std::function<void(Overlay&)> const& edit) {
  Step step{overlay_.mark(), std::nullopt};
  try {
    edit(overlay_);
  } catch (...) {
    overlay_.back_to(step.mark);
    throw;
  }
  follow(std::move(step));
}

void WhatIfSteps::take(Overlay next) {
  Step step{overlay_.mark(), std::exchange(overlay_, std::move(next))};
  overlay_.keep();
  follow(std::move(step));
}

void WhatIfSteps::follow(Step step) {
  // Let go of the last dates first: the WhatIf then writes over them instead of making itself new arrays.
  after_ = before();
  try {
    after_ = what_if_.schedule(overlay_);
    steps_.push_back(std::move(step));
  } catch (...) {
    go_back(std::move(step));
    throw;
  }
}

void WhatIfSteps::go_back(Step step) {
  if (step.whole)
    overlay_ = *std::move(step.whole);
  else
    overlay_.back_to(step.mark);
  after_ = before();
  after_ = what_if_.schedule(overlay_);
}

bool WhatIfSteps::undo() {
  if (steps_.empty()) return false;
  Step last = std::move(steps_.back());
  steps_.pop_back();
  go_back(std::move(last));
  return true;
}

Table WhatIfSteps::moved() const {
  struct Both {
    std::optional<ActivityDates> before, after;
  };
  std::vector<std::string> key, name;
  std::vector<Both> dates;
  auto const add = [&](std::string const& its_key, std::string const& its_name, Both both) {
    key.push_back(its_key), name.push_back(its_name);
    dates.push_back(both);
  };
  auto const& was = before().network();
  if (what_if_.knows_moved()) {
    for (auto const i : what_if_.moved())
      add(was.key(i), was.name(i), {before().dates(i), what_if_.dates(i)});
    auto const& gone = overlay().removed_activities();
    for (auto const& added : overlay().added_activities())
      if (std::find(gone.begin(), gone.end(), added.key) == gone.end())
        add(added.key, added.name, {std::nullopt, after_.dates(added.key)});
  } else {
    auto const& is = after_.network();
    for (std::uint32_t i = 0; i < was.activity_count(); ++i) {
      auto const there = is.find(was.key({i}));
      Both both{before().dates(ActivityIndex{i}), std::nullopt};
      if (there) both.after = after_.dates(*there);
      if (both.before != both.after) add(was.key({i}), was.name({i}), both);
    }
    for (std::uint32_t i = 0; i < is.activity_count(); ++i)
      if (!was.find(is.key({i})))
        add(is.key({i}), is.name({i}), {std::nullopt, after_.dates(ActivityIndex{i})});
  }
  auto const column = [&](std::optional<ActivityDates> Both::*side, auto field) {
    std::vector<std::optional<decltype(field(ActivityDates{}))>> cells;
    for (auto const& both : dates) {
      auto const& of = both.*side;
      cells.push_back(of ? std::optional(field(*of)) : std::nullopt);
    }
    return cells;
  };
  auto const start = [](ActivityDates const& d) { return d.early_start; };
  auto const finish = [](ActivityDates const& d) { return d.early_finish; };
  auto const late = [](ActivityDates const& d) { return d.late_finish; };
  auto const slack = [](ActivityDates const& d) { return d.total_float.in_minutes(); };
  Table table("moved");
  table.add("key", key).add("name", name);
  table.add("start_before", column(&Both::before, start)).add("start_after", column(&Both::after, start));
  table.add("finish_before", column(&Both::before, finish)).add("finish_after", column(&Both::after, finish));
  table.add("late_finish_before", column(&Both::before, late));
  table.add("late_finish_after", column(&Both::after, late));
  table.add("total_float_before_minutes", column(&Both::before, slack), "min");
  table.add("total_float_after_minutes", column(&Both::after, slack), "min");
  table.add("critical", column(&Both::after, [](ActivityDates const& d) { return d.critical; }));
  return table;
}

}  // namespace rapport
