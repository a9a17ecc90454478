// Many changes on one plan.

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/impact/assumptions.h"
#include "rapport/impact/best_subset.h"
#include "rapport/impact/change_options.h"
#include "rapport/model/names.h"

namespace rapport::capi {
namespace {

BatchOptions batch_options(rapport_batch_options const& given) {
  BatchOptions options;
  options.threads = given.threads;
  if (given.assumptions) options.assess = assess_options_from_document(given.assumptions);
  return options;
}

std::vector<ChangeEntry> entries_of(Project const& project, char const* text) {
  if (text) return changes_in_text(text, "changes");
  std::vector<ChangeEntry> entries;
  for (auto const& change : project.facts().change_requests) {
    auto& entry = entries.emplace_back();
    entry.key = change.key;
    entry.change = change;
  }
  return entries;
}

/// Errors: InvalidInput of the first that cannot be read.
std::vector<ChangeRequest> requests_of(Project const& project, char const* text) {
  std::vector<ChangeRequest> requests;
  for (auto& entry : entries_of(project, text)) {
    if (!entry.change) throw InvalidInput(entry.error);
    requests.push_back(std::move(*entry.change));
  }
  return requests;
}

OptionRules option_rules(rapport_option_rules const& given) {
  check_reserved(given.reserved);
  OptionRules rules;
  if (given.scopes) rules.scopes.assign(given.scopes, given.scopes + given.scope_count);
  rules.crash_share = given.crash_share;
  rules.crash_premium = given.crash_premium;
  rules.crash_steps = given.crash_steps;
  rules.milestones = given.milestones;
  rules.drops = given.drops;
  return rules;
}

void give_options(rapport_project const* project, rapport_schedule const* before, char const* change,
                  OptionRules const& rules, rapport_batch_options const* options, ArrowArrayStream* out) {
  auto const& facts = required(project, "project").value;
  auto const chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
  give(to_table(options_for(facts, required(before, "before").value,
                            change_of(facts, required_text(change, "change")), rules, batch_options(chosen),
                            run_control(chosen))),
       required(out, "out"));
}

/// Releases a stream whose turn to be imported never came.
struct Consumed {
  ArrowArrayStream* stream;
  ~Consumed() {
    if (stream && stream->release) stream->release(stream);
  }
};

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_assess_all(rapport_project const* project, rapport_schedule const* before,
                                          char const* changes, rapport_batch_options const* options,
                                          ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto const chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
    auto const entries = entries_of(facts, changes);
    give(to_table(rapport::assess_all(facts, required(before, "before").value,
                                      std::span<rapport::ChangeEntry const>(entries), batch_options(chosen),
                                      run_control(chosen))),
         required(out, "out"));
  });
}

rapport_status rapport_project_assess_all_under(rapport_project const* project,
                                                rapport_schedule const* before, char const* changes,
                                                char const* assumptions, rapport_batch_options const* options,
                                                ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
    auto const entries = entries_of(facts, changes);
    if (assumptions) chosen.assumptions = assumptions;
    give(to_table(rapport::assess_all(facts, required(before, "before").value,
                                      std::span<rapport::ChangeEntry const>(entries), batch_options(chosen),
                                      run_control(chosen))),
         required(out, "out"));
  });
}

rapport_status rapport_project_assess_table(rapport_project const* project, rapport_schedule const* before,
                                            ArrowArrayStream* changes, rapport_batch_options const* options,
                                            ArrowArrayStream* out, rapport_error** error) {
  Consumed const consumed{changes};
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto const chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
    auto const entries = rapport::changes_in_table(rapport::import_stream(&required(changes, "changes")));
    give(to_table(rapport::assess_all(facts, required(before, "before").value,
                                      std::span<rapport::ChangeEntry const>(entries), batch_options(chosen),
                                      run_control(chosen))),
         required(out, "out"));
  });
}

rapport_status rapport_project_interactions(rapport_project const* project, rapport_schedule const* before,
                                            char const* changes, rapport_batch_options const* options,
                                            ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto const chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
    auto const requests = requests_of(facts, changes);
    auto const found = rapport::find_interactions(facts, required(before, "before").value, requests,
                                                  chosen.pair_limit == 0 ? 1000 : chosen.pair_limit,
                                                  batch_options(chosen), run_control(chosen));
    give(to_table(found, requests), required(out, "out"));
  });
}

rapport_status rapport_project_options(rapport_project const* project, rapport_schedule const* before,
                                       char const* change, rapport_batch_options const* options,
                                       ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] { give_options(project, before, change, {}, options, out); });
}

rapport_status rapport_project_options_under(rapport_project const* project, rapport_schedule const* before,
                                             char const* change, rapport_option_rules const* rules,
                                             rapport_batch_options const* options, ArrowArrayStream* out,
                                             rapport_error** error) {
  return guarded(error, [&] {
    auto const given = complete(rules, rapport_option_rules RAPPORT_OPTION_RULES_INIT);
    give_options(project, before, change, option_rules(given), options, out);
  });
}

rapport_status rapport_project_best_subset(rapport_project const* project, rapport_schedule const* before,
                                           char const* changes, rapport_subset_goal const* goal,
                                           rapport_batch_options const* options, ArrowArrayStream* out,
                                           char** summary, rapport_error** error) {
  return guarded(error, [&] {
    auto const& facts = required(project, "project").value;
    auto const chosen = complete(options, rapport_batch_options RAPPORT_BATCH_OPTIONS_INIT);
    auto const limits = complete(goal, rapport_subset_goal RAPPORT_SUBSET_GOAL_INIT);
    auto& stream = required(out, "out");
    auto& text = required(summary, "summary");
    rapport::SubsetGoal wanted;
    if (limits.budget) wanted.budget = rapport::parse_money(limits.budget);
    if (limits.finish_by != RAPPORT_NO_INSTANT)
      wanted.finish_by = checked_instant(limits.finish_by, "finish_by");
    if (limits.values) wanted.value.assign(limits.values, limits.values + limits.value_count);
    if (limits.evaluations) wanted.evaluations = limits.evaluations;
    auto const requests = requests_of(facts, changes);
    auto const best = rapport::best_subset(facts, required(before, "before").value, requests, wanted,
                                           batch_options(chosen), run_control(chosen));
    Json json{{"feasible", best.feasible},
              {"value", best.value},
              {"bound", best.bound},
              {"exact", best.exact},
              {"evaluated", best.evaluated},
              {"finish_delta", to_string(best.together.finish_delta)},
              {"assumed", best.together.assumed}};
    if (best.together.cost_delta) json["cost_delta"] = to_string(*best.together.cost_delta);
    auto table = to_table(best, requests, wanted);
    text = copied(dumped(json));
    give(std::move(table), stream);
  });
}
