#include "rapport/impact/assess_all.h"

#include <algorithm>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

#include "impact/parallel.h"
#include "impact/parts.h"
#include "impact/trials.h"

namespace rapport {
namespace {

/// An assessment with what decides whether it can interact with another.
struct Footprint {
  Assessment assessment;
  std::vector<std::string> touched;  ///< Activities moved, edited or waiting, and nodes reached.
};

/// What waits for something that moves, whether it moves or is held by something else: another
/// change that moves the other thing would show. The project's finish waits for all open ends.
void add_waiting(Impact const& impact, std::unordered_set<std::string>& touched) {
  auto const& network = impact.before().network();
  auto const& links = network.links();
  Instant const finish = impact.before().finish();
  if (impact.finish_delta().seconds != 0) touched.insert("finish");
  for (auto const& delta : impact.activity_deltas()) {
    auto const index = network.find(delta.key);
    if (!delta.moved() || !index) continue;
    auto const first = links.first_out[index->value], last = links.first_out[index->value + 1];
    for (auto o = first; o < last; ++o)
      touched.insert("activity:" + network.key(ActivityIndex{links.successor[links.out[o]]}));
    if (first == last || (delta.before && delta.before->early_finish >= finish)) touched.insert("finish");
  }
  // A link that comes or goes bears on its successor, which may still be held by others.
  for (auto const& edit : impact.change().edits)
    if (auto const* link = std::get_if<LinkChange>(&edit)) touched.insert("activity:" + link->link.successor);
}

Footprint footprint_on(WhatIf& what_if, detail::Context const& context, ChangeRequest const& change,
                       bool with_touched) {
  Footprint result;
  try {
    auto const impact = detail::assess(context, change, {}, detail::Extent::Moved, &what_if);
    result.assessment = summary_of(impact);
    if (!with_touched) return result;
    std::unordered_set<std::string> touched;
    for (auto const& delta : impact.activity_deltas())
      if (delta.moved()) touched.insert("activity:" + delta.key);
    for (auto const& reached : impact.reached())
      if (reached.counted) touched.insert(to_string(reached.node));
    add_waiting(impact, touched);
    result.touched.assign(touched.begin(), touched.end());
    std::sort(result.touched.begin(), result.touched.end());
  } catch (Error const& error) {
    if (error.status() == Status::Cancelled) throw;
    result.assessment = {};
    result.assessment.change = change.key;
    result.assessment.title = change.title;
    result.assessment.error = error.what();
  }
  return result;
}

Footprint footprint(detail::Trials& trials, detail::Context const& context, ChangeRequest const& change,
                    bool with_touched) {
  return trials.with_one(
      [&](WhatIf& what_if) { return footprint_on(what_if, context, change, with_touched); });
}

std::vector<Footprint> footprints(detail::Context const& context, std::span<ChangeRequest const> changes,
                                  unsigned threads, bool with_touched, RunControl const& control) {
  std::vector<Footprint> all(changes.size());
  detail::Trials trials(context.before);
  detail::in_parallel(changes.size(), threads, control, "assessing changes",
                      [&](std::size_t i) { all[i] = footprint(trials, context, changes[i], with_touched); });
  return all;
}

/// A column of money has one currency: what is in another one is listed as at fault. A plan that does not say
/// its currency (XXX) may have prices all the same, which add to no others.
void keep_one_currency(Project const& project, std::vector<Assessment>& rows) {
  std::optional<Currency> currency;
  if (project.facts().currency != Currency()) currency = project.facts().currency;
  auto const named = [](Currency one) {
    return one == Currency() ? "a currency that nobody names" : one.code();
  };
  for (auto& row : rows) {
    if (!row.cost_delta || *row.cost_delta == Money{}) continue;
    if (!currency) currency = row.cost_delta->currency;
    if (row.cost_delta->currency == *currency) continue;
    Assessment fault;
    fault.change = row.change;
    fault.line = row.line;
    fault.title = row.title;
    fault.error = "its cost is in " + named(row.cost_delta->currency) + ", that of the others in " +
                  named(*currency) + "; give rates and costs in one currency, and the plan its own";
    row = std::move(fault);
  }
}

using Pair = std::pair<std::size_t, std::size_t>;

/// Pairs of positions that have something in common, each once.
std::vector<Pair> with_common_ground(std::vector<Footprint> const& all) {
  std::unordered_map<std::string, std::vector<std::size_t>> by_thing;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (auto const& thing : all[i].touched) by_thing[thing].push_back(i);
  std::vector<std::unordered_set<std::size_t>> partners(all.size());
  for (auto const& [thing, who] : by_thing)
    for (std::size_t a = 0; a < who.size(); ++a)
      for (std::size_t b = a + 1; b < who.size(); ++b) partners[who[a]].insert(who[b]);
  std::vector<Pair> pairs;
  for (std::size_t i = 0; i < all.size(); ++i)
    for (auto const j : partners[i]) pairs.emplace_back(i, j);
  return pairs;
}

ChangeRequest together(ChangeRequest const& a, ChangeRequest const& b) {
  ChangeRequest both;
  both.key = a.key + "+" + b.key;
  both.edits = a.edits;
  both.edits.insert(both.edits.end(), b.edits.begin(), b.edits.end());
  return both;
}

double in_minutes(Elapsed elapsed) { return static_cast<double>(elapsed.seconds) / 60; }

template <class Rows, class Get>
auto column(Rows const& rows, Get get) {
  std::vector<std::remove_cvref_t<decltype(get(rows.front()))>> cells;
  cells.reserve(rows.size());
  for (auto const& row : rows) cells.push_back(get(row));
  return cells;
}

}  // namespace

void detail::check_different(std::span<ChangeRequest const> changes) {
  std::unordered_map<std::string, std::size_t> seen;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (changes[i].key.empty()) continue;
    auto const [first, fresh] = seen.emplace(changes[i].key, i);
    if (!fresh)
      throw InvalidInput("change " + changes[i].key + " is given twice, as number " +
                         std::to_string(first->second + 1) + " and number " + std::to_string(i + 1) +
                         "; leave one out, or give it another id");
  }
}

Assessment summary_of(Impact const& impact) {
  Assessment row;
  row.change = impact.change().key;
  row.title = impact.change().title;
  row.finish_delta = impact.finish_delta();
  row.finish_delta_work = impact.finish_delta_work();
  row.cost_delta = impact.cost_delta();
  row.unpriced = impact.unpriced().size();
  for (auto const& delta : impact.activity_deltas()) {
    row.activities_moved += delta.moved() ? 1 : 0;
    row.newly_critical += delta.newly_critical ? 1 : 0;
  }
  row.nodes_reached = impact.reached().size();
  auto const counted = [&](QualityMeasure measure) -> std::optional<std::size_t> {
    auto const* figure = impact.find(measure);
    if (!figure) return std::nullopt;
    return static_cast<std::size_t>(figure->value);
  };
  row.requirements_to_confirm = counted(QualityMeasure::RequirementsToConfirm);
  row.tests_to_repeat = counted(QualityMeasure::TestsToRepeat);
  bool const costs = row.cost_delta && row.cost_delta->minor != 0;
  row.assumed = impact.work_assumed() && (row.finish_delta.seconds != 0 || costs);
  if (auto const* escaping = impact.find(QualityMeasure::DefectsEscaping))
    row.defects_escaping = escaping->value;
  for (auto const& milestone : impact.milestone_deltas())
    if (milestone.kind == MilestoneKind::Contract)
      row.contract_lateness = row.contract_lateness + (milestone.late_after - milestone.late_before);
  row.finish_trail = to_string(impact.trail("finish"));
  return row;
}

std::vector<Assessment> assess_all(Project const& project, Schedule const& before,
                                   std::span<ChangeRequest const> changes, BatchOptions const& options,
                                   RunControl const& control) {
  detail::Context const context(project, before, options.assess);
  std::vector<Assessment> rows;
  rows.reserve(changes.size());
  for (auto& one : footprints(context, changes, options.threads, false, control))
    rows.push_back(std::move(one.assessment));
  keep_one_currency(project, rows);
  return rows;
}

std::vector<Assessment> assess_all(Project const& project, Schedule const& before,
                                   std::span<ChangeEntry const> changes, BatchOptions const& options,
                                   RunControl const& control) {
  detail::Context const context(project, before, options.assess);
  std::vector<Assessment> rows(changes.size());
  detail::Trials trials(context.before);
  detail::in_parallel(changes.size(), options.threads, control, "assessing changes", [&](std::size_t i) {
    auto const& entry = changes[i];
    if (entry.change) {
      rows[i] = footprint(trials, context, *entry.change, false).assessment;
    } else {
      rows[i].change = entry.key;
      rows[i].error = entry.error;
    }
    rows[i].line = entry.line;
  });
  keep_one_currency(project, rows);
  return rows;
}

Interactions find_interactions(Project const& project, Schedule const& before,
                               std::span<ChangeRequest const> changes, std::size_t limit,
                               BatchOptions const& options, RunControl const& control) {
  detail::check_different(changes);
  detail::Context const context(project, before, options.assess);
  auto const alone = footprints(context, changes, options.threads, true, control);
  auto pairs = with_common_ground(alone);
  auto const smaller = [&](Pair const& pair) {
    return std::min(std::abs(alone[pair.first].assessment.finish_delta.seconds),
                    std::abs(alone[pair.second].assessment.finish_delta.seconds));
  };
  std::sort(pairs.begin(), pairs.end(), [&](Pair const& a, Pair const& b) {
    return smaller(a) != smaller(b) ? smaller(a) > smaller(b) : a < b;
  });
  Interactions result;
  result.pairs_left_out = pairs.size() > limit ? pairs.size() - limit : 0;
  pairs.resize(std::min(pairs.size(), limit));
  result.pairs_tried = pairs.size();
  std::vector<Interaction> tried(pairs.size());
  detail::Trials trials(context.before);
  detail::in_parallel(pairs.size(), options.threads, control, "trying pairs", [&](std::size_t i) {
    auto const [a, b] = pairs[i];
    auto& one = tried[i];
    one.first = a;
    one.second = b;
    auto const both = footprint(trials, context, together(changes[a], changes[b]), false).assessment;
    if (!both.error.empty()) {
      one.error = both.error;
      return;
    }
    auto const &x = alone[a].assessment, &y = alone[b].assessment;
    one.assumed = both.assumed || x.assumed || y.assumed;
    one.finish = both.finish_delta - x.finish_delta - y.finish_delta;
    if (both.cost_delta && x.cost_delta && y.cost_delta)
      one.cost = *both.cost_delta - *x.cost_delta - *y.cost_delta;
  });
  for (auto& one : tried)
    if (one.finish.seconds != 0 || (one.cost && one.cost->minor != 0) || !one.error.empty())
      result.found.push_back(std::move(one));
  std::stable_sort(result.found.begin(), result.found.end(), [](Interaction const& a, Interaction const& b) {
    return std::abs(a.finish.seconds) > std::abs(b.finish.seconds);
  });
  return result;
}

Table to_table(std::vector<Assessment> const& rows) {
  using A = Assessment;
  auto const some = [](std::string const& text) { return text.empty() ? std::nullopt : std::optional(text); };
  // Nothing can be said of a change that cannot be assessed.
  auto const figure = [&](auto get) {
    return column(rows, [get](A const& r) { return r.error.empty() ? std::optional(get(r)) : std::nullopt; });
  };
  auto const count = [&](std::size_t A::*field) {
    return figure([field](A const& r) { return static_cast<std::int64_t>(r.*field); });
  };
  auto const counted = [&](std::optional<std::size_t> A::*field) {
    return column(rows, [field](A const& r) {
      return r.*field ? std::optional(static_cast<std::int64_t>(*(r.*field))) : std::nullopt;
    });
  };
  Table table("assessments");
  auto const line = [](A const& r) {
    return r.line == 0 ? std::nullopt : std::optional(static_cast<std::int64_t>(r.line));
  };
  table.add("change", column(rows, [](A const& r) { return r.change; }))
      .add("line", column(rows, line))
      .add("title", column(rows, [](A const& r) { return r.title; }))
      .add("error", column(rows, [&](A const& r) { return some(r.error); }))
      .add("finish_delta_minutes", figure([](A const& r) { return in_minutes(r.finish_delta); }), "min")
      .add("finish_delta_work_minutes",
           figure([](A const& r) { return static_cast<double>(r.finish_delta_work.seconds) / 60; }), "min")
      .add("cost_delta", column(rows, [](A const& r) { return r.cost_delta; }))
      .add("unpriced", count(&A::unpriced))
      .add("activities_moved", count(&A::activities_moved))
      .add("newly_critical", count(&A::newly_critical))
      .add("nodes_reached", count(&A::nodes_reached))
      .add("requirements_to_confirm", counted(&A::requirements_to_confirm))
      .add("tests_to_repeat", counted(&A::tests_to_repeat))
      .add("defects_escaping", column(rows, [](A const& r) { return r.defects_escaping; }), "defects")
      .add("contract_lateness_minutes", figure([](A const& r) { return in_minutes(r.contract_lateness); }),
           "min")
      .add("assumed", figure([](A const& r) { return r.assumed; }))
      .add("finish_trail", column(rows, [&](A const& r) { return some(r.finish_trail); }));
  return table;
}

Table to_table(Interactions const& interactions, std::span<ChangeRequest const> changes) {
  auto rows = interactions.found;
  using I = Interaction;
  if (interactions.pairs_left_out > 0) {
    auto& rest = rows.emplace_back();
    rest.first = rest.second = changes.size();
    rest.error = std::to_string(interactions.pairs_left_out) +
                 " more pairs have something in common and were not tried; raise the limit of " +
                 std::to_string(interactions.pairs_tried) + " pairs";
  }
  auto const key = [&](std::size_t at) {
    return at < changes.size() ? std::optional(changes[at].key) : std::nullopt;
  };
  // Nothing can be said of changes that cannot be made together, or were not tried.
  auto const figure = [&](auto get) {
    return column(rows, [get](I const& r) { return r.error.empty() ? std::optional(get(r)) : std::nullopt; });
  };
  Table table("interactions");
  table.add("first", column(rows, [&](I const& r) { return key(r.first); }))
      .add("second", column(rows, [&](I const& r) { return key(r.second); }))
      .add("finish_minutes", figure([](I const& r) { return in_minutes(r.finish); }), "min")
      .add("cost", column(rows, [](I const& r) { return r.cost; }))
      .add("error",
           column(rows, [](I const& r) { return r.error.empty() ? std::nullopt : std::optional(r.error); }))
      .add("assumed", figure([](I const& r) { return r.assumed; }));
  return table;
}

}  // namespace rapport
