#include "impact/later_work.h"

#include <algorithm>

#include "schedule/schedule_rows.h"

namespace rapport::detail {
namespace {

Link link(std::string predecessor, std::string successor) {
  Link made;
  made.predecessor = std::move(predecessor);
  made.successor = std::move(successor);
  return made;
}

/// The link of a network as a fact, from another activity.
Link moved_to(std::string predecessor, Network const& network, std::uint32_t at) {
  auto const& links = network.links();
  auto made = link(std::move(predecessor), network.key(ActivityIndex{links.successor[at]}));
  made.type = links.type[at];
  made.lag.kind = links.lag_kind[at];
  if (is_percent(made.lag.kind))
    made.lag.percent = static_cast<double>(links.lag[at]) / 100;
  else
    made.lag.seconds = links.lag[at];
  return made;
}

bool from_finish(LinkType type) {
  return type == LinkType::FinishToStart || type == LinkType::FinishToFinish;
}

}  // namespace

LaterWork::LaterWork(Context const& context, ChangeRequest const& change, Impact const& accepted)
    : context_(context), change_(change), accepted_(accepted) {
  for (auto const& effect : accepted.parts().effects) {
    Piece piece;
    piece.activity = piece.now = piece.later = effect.key;
    piece.added = !effect.index;
    if (!piece.added) {
      if (effect.removed || effect.cut_short) continue;
      for (auto const& rework : accepted.reworks())
        if (rework.activity == effect.key && rework.kind <= ReworkKind::Completed)
          piece.duration += rework.duration;
      piece.effort = std::max(0.0, effect.effort + effect.rework_effort);
      piece.material = std::max(0.0, effect.material + effect.rework_material);
      if (piece.duration.seconds < 0 || (piece.duration.seconds == 0 && piece.effort == 0)) continue;
      if (!effect.rework_key.empty()) piece.now = effect.rework_key;
      piece.later = free_key(effect.key);
      moves_ = true;
    }
    pieces_.push_back(std::move(piece));
  }
}

LaterWork::Piece const* LaterWork::find(Pieces const& all, std::string const& activity) {
  auto const found =
      std::find_if(all.begin(), all.end(), [&](Piece const& piece) { return piece.activity == activity; });
  return found == all.end() ? nullptr : &*found;
}

std::string LaterWork::free_key(std::string const& activity) const {
  auto const taken = [&](std::string const& key) {
    return context_.project.contains({FactKind::Activity, key}) ||
           ScheduleRows(accepted_.after()).find(key).has_value();
  };
  std::string key = activity + "-LATER";
  for (int n = 2; taken(key); ++n) key = activity + "-LATER#" + std::to_string(n);
  return key;
}

LaterWork::Pieces LaterWork::pieces(Tests const& run_before) const {
  Pieces all = pieces_;
  for (auto const& test : accepted_.repeated_tests()) {
    if (!run_before.contains(test.test) || test.effort.seconds <= 0) continue;
    auto const& activity = context_.project.at<Test>(test.test).activity;
    auto const known =
        std::find_if(all.begin(), all.end(), [&](Piece const& piece) { return piece.activity == activity; });
    if (known != all.end()) {
      known->duration += test.effort;
      continue;
    }
    Piece run;
    run.activity = run.now = activity;
    run.later = free_key(activity);
    run.duration = test.effort;
    all.push_back(std::move(run));
  }
  return all;
}

Instant LaterWork::start() const {
  std::optional<Instant> soonest;
  for (auto const& piece : pieces_) {
    if (piece.added) continue;
    Instant start = accepted_.after().dates(piece.now).early_start;
    if (auto const index = context_.network().find(piece.now)) start = std::max(start, context_.now(*index));
    if (!soonest || start < *soonest) soonest = start;
  }
  return soonest.value_or(context_.now());
}

LaterWork::Tests LaterWork::tests_before(std::string const& milestone, Impact const& deferred) const {
  ScheduleRows const rows(deferred.after());
  auto const reached = rows.dates(milestone);
  Tests begun;
  if (!reached) return begun;
  for (auto const& test : accepted_.repeated_tests()) {
    if (test.already_run) continue;
    auto const dates = rows.dates(context_.project.at<Test>(test.test).activity);
    if (dates && dates->early_start < reached->early_finish) begun.insert(test.test);
  }
  return begun;
}

bool LaterWork::puts_off(std::string const& milestone, Impact const& deferred) const {
  ScheduleRows const now(accepted_.after()), then(deferred.after());
  auto const late = now.dates(milestone), soon = then.dates(milestone);
  if (late && soon && soon->early_finish < late->early_finish) return true;
  return std::any_of(pieces_.begin(), pieces_.end(), [&](Piece const& piece) {
    auto const before = now.dates(piece.now), after = then.dates(piece.later);
    return !before || !after || after->early_finish > before->early_finish;
  });
}

std::size_t LaterWork::unpriced(Tests const& run_before) const {
  return static_cast<std::size_t>(std::count_if(
      accepted_.repeated_tests().begin(), accepted_.repeated_tests().end(), [&](auto const& test) {
        return runs_again(test, run_before) && test.effort.seconds > 0 && !test.cost;
      }));
}

ActivityAddition LaterWork::addition(Piece const& piece, Tests const& run_before) const {
  auto const& original = context_.project.at<Activity>(piece.activity);
  auto const index = context_.network().at(piece.activity);
  auto const& facts = context_.project.facts();
  ActivityAddition made;
  auto& later = made.activity;
  later.key = piece.later;
  later.name = original.name;
  later.subproject = original.subproject;
  later.wbs = original.wbs;
  later.calendar = original.calendar;
  later.duration = piece.duration;
  later.microsoft.elapsed_duration = original.microsoft.elapsed_duration;

  ActivityEffect redone;
  redone.rework_key = piece.later;
  redone.rework_effort = piece.effort;
  redone.rework_material = piece.material;
  if (piece.effort > 0 || piece.material > 0) {
    for (auto const at : context_.assignments(index)) {
      auto const& assignment = facts.assignments[at];
      if (auto const* resource = context_.project.find<Resource>(assignment.resource))
        made.assignments.push_back(repeated_assignment(assignment, *resource, redone));
    }
  } else {
    // Nobody works on it: that costs nothing, which is not the same as a cost that is not known.
    Expense nothing;
    nothing.amount.currency = facts.currency;
    made.expenses.push_back(nothing);
  }
  for (auto const at : context_.expenses(index)) {
    auto expense = facts.expenses[at];
    if (expense.kind != ExpenseKind::PerDay) continue;
    expense.key.clear();
    expense.actual.reset();
    made.expenses.push_back(std::move(expense));
  }
  for (auto const& test : accepted_.repeated_tests()) {
    auto const& fact = context_.project.at<Test>(test.test);
    if (!runs_again(test, run_before) || !test.cost || fact.activity != piece.activity) continue;
    Expense run;
    run.name = "test " + fact.key + " run again";
    run.amount = *test.cost;
    made.expenses.push_back(std::move(run));
  }
  return made;
}

std::vector<bool> LaterWork::leading_to(ActivityIndex milestone) const {
  auto const& network = accepted_.after().network();
  auto const& links = network.links();
  std::vector<bool> leading(network.activity_count(), false);
  std::vector<std::uint32_t> open = {milestone.value};
  leading[milestone.value] = true;
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (auto l = links.first_in[at]; l < links.first_in[at + 1]; ++l) {
      auto const before = links.predecessor[l];
      // What the change brings in moves behind the milestone, and leads there no longer.
      auto const* piece = find(pieces_, network.key(ActivityIndex{before}));
      if (leading[before] || (piece && piece->added)) continue;
      leading[before] = true;
      open.push_back(before);
    }
  }
  return leading;
}

std::vector<Link> LaterWork::held_by(Piece const& piece, Pieces const& all,
                                     std::vector<bool> const& leading) const {
  auto const& network = accepted_.after().network();
  auto const& links = network.links();
  auto const from = network.find(piece.now);
  std::vector<Link> held;
  if (!from) return held;
  std::vector<std::uint32_t> open = {from->value};
  std::vector<bool> seen(network.activity_count(), false);
  seen[from->value] = true;
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    bool const direct = at == from->value;
    for (auto o = links.first_out[at]; o < links.first_out[at + 1]; ++o) {
      auto const next = links.successor[links.out[o]];
      ActivityIndex const i{next};
      // The start of the activity itself is when it was; the later work is of its end.
      bool const bears = !direct || piece.added || from_finish(links.type[links.out[o]]);
      auto const kind = network.kind(i);
      if (seen[next] || !bears || kind == ActivityKind::Summary || kind == ActivityKind::LevelOfEffort)
        continue;
      auto const* other = find(all, network.key(i));
      bool const waits = !leading[next] && !network.started(i) && !network.completed(i);
      seen[next] = true;
      if (!waits) {
        if (other) held.push_back(link(piece.later, other->later));
        open.push_back(next);
      } else if (!direct) {
        held.push_back(link(piece.later, network.key(i)));
      } else if (!piece.added) {  // The links of what is new stand in the change.
        held.push_back(moved_to(piece.later, network, links.out[o]));
      }
    }
  }
  return held;
}

std::vector<Link> LaterWork::before_tests(Pieces const& all, Tests const& run_before) const {
  auto const& network = accepted_.after().network();
  auto const& links = network.links();
  std::set<std::string> runs;
  std::vector<std::uint32_t> open;
  for (auto const& test : run_before) {
    auto const& activity = context_.project.at<Test>(test).activity;
    if (!find(all, activity) || !runs.insert(activity).second) continue;
    if (auto const index = network.find(activity)) open.push_back(index->value);
  }
  std::vector<bool> follows(network.activity_count(), false);
  for (auto const at : open) follows[at] = true;
  while (!open.empty()) {
    auto const at = open.back();
    open.pop_back();
    for (auto o = links.first_out[at]; o < links.first_out[at + 1]; ++o) {
      auto const next = links.successor[links.out[o]];
      if (follows[next]) continue;
      follows[next] = true;
      open.push_back(next);
    }
  }
  std::vector<Link> made;
  for (auto const& work : pieces_) {
    auto const index = network.find(work.now);
    if (!index || follows[index->value]) continue;
    for (auto const& run : runs) made.push_back(link(work.later, find(all, run)->later));
  }
  return made;
}

std::optional<ChangeRequest> LaterWork::after(std::string const& milestone, Tests const& run_before) const {
  auto const& network = accepted_.after().network();
  auto const at = network.find(milestone);
  if (!at) return std::nullopt;
  auto const leading = leading_to(*at);
  auto const all = pieces(run_before);
  auto const leads = [&](std::string const& activity) {
    auto const index = network.find(activity);
    return index && leading[index->value];
  };
  ChangeRequest request = change_;
  auto& edits = request.edits;
  std::erase_if(edits, [&](ChangeEdit const& edit) {
    if (auto const* needed = std::get_if<RequirementChange>(&edit)) return !needed->remove;
    if (auto const* added = std::get_if<LinkChange>(&edit)) {
      auto const* piece = find(all, added->link.predecessor);
      return !added->remove && piece && piece->added && leads(added->link.successor);
    }
    auto const* work = std::get_if<WorkChange>(&edit);
    auto const* piece = work ? find(pieces_, work->activity) : nullptr;
    return piece && !piece->added;
  });
  for (auto const& piece : all)
    if (!piece.added) edits.push_back(addition(piece, run_before));
  std::set<std::pair<std::string, std::string>> waits;
  auto const wait = [&](Link made) {
    waits.emplace(made.predecessor, made.successor);
    edits.push_back(LinkChange{.link = std::move(made)});
  };
  for (auto const& piece : all) {
    wait(link(milestone, piece.later));
    auto const index = context_.network().find(piece.activity);
    if (!piece.added && !leads(piece.activity) && !context_.network().completed(*index))
      wait(link(piece.activity, piece.later));
    for (auto& made : held_by(piece, all, leading)) wait(std::move(made));
  }
  for (auto& made : before_tests(all, run_before))
    if (!waits.contains({made.predecessor, made.successor})) wait(std::move(made));
  for (auto const& test : accepted_.repeated_tests()) {
    auto const* piece = find(all, context_.project.at<Test>(test.test).activity);
    if (!test.already_run || !test.cost || (piece && !piece->added)) continue;
    CostChange run;
    run.activity = pieces_.front().later;
    run.amount = *test.cost;
    edits.push_back(run);
  }
  return request;
}

double LaterWork::escaping(Impact const& deferred, Tests const& run_before) const {
  ScheduleRows const rows(deferred.after());
  auto const all = pieces(run_before);
  auto const done = [&](std::string const& activity) -> std::optional<Instant> {
    auto const* piece = find(all, activity);
    auto const dates = rows.dates(piece ? piece->later : activity);
    if (!dates) return std::nullopt;
    return dates->early_finish;
  };
  double escaping = 0, present = 0;
  bool begins = true;
  for (auto const& step : accepted_.defect_flow()) {
    if (begins) present = step.present;
    begins = step.test.empty();
    if (begins) {  // Operation, where the rest shows.
      escaping += present;
      continue;
    }
    auto const& run_in = context_.project.at<Test>(step.test).activity;
    auto const run = done(run_in), work = done(step.activity);
    // Nothing says when a test without effort is run again; it is once the work is done.
    bool const again = run_before.contains(step.test) && !find(all, run_in);
    bool const sees = !step.when || again || (run && (!work || *run >= *work));
    if (sees) present -= present * step.efficiency;
  }
  return escaping;
}

}  // namespace rapport::detail
