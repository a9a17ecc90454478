#include "rapport/impact/plan_cost.h"

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/impact/plan_value.h"

namespace rapport::capi {
namespace {

/// The choice called `name`; NULL: `otherwise`. Errors: InvalidInput naming the argument and the choices.
template <class Enum>
Enum choice(char const* name, char const* argument, Enum otherwise) {
  if (!name) return otherwise;
  if (auto const found = from_name<Enum>(name)) return *found;
  std::string known;
  for (auto const each : names_of<Enum>()) known += (known.empty() ? "" : ", ") + std::string(each);
  throw InvalidInput(std::string(argument) + " is \"" + name + "\"; give one of " + known);
}

rapport_money money_of(std::optional<Money> const& amount) {
  rapport_money result{};
  if (!amount) return result;
  result.minor = amount->minor;
  std::string const code = amount->currency.code();
  code.copy(result.currency, 3);
  return result;
}

/// {"progress": "duration", "outlook": "as_budgeted", "step": "month"}
PlanValueOptions value_options(char const* text) {
  PlanValueOptions options;
  if (!text) return options;
  auto const json = parsed(text, "options");
  if (!json.is_object()) throw InvalidInput("the options are no JSON object; give {\"name\": value, …}");
  for (auto const& [name, value] : json.items()) {
    std::string const written = value.is_string() ? value.get<std::string>() : value.dump();
    if (name == "progress")
      options.progress = choice(written.c_str(), "progress", options.progress);
    else if (name == "outlook")
      options.outlook = choice(written.c_str(), "outlook", options.outlook);
    else if (name == "step")
      options.step = choice(written.c_str(), "step", options.step);
    else
      throw NotFound("option", name, {"progress", "outlook", "step"});
  }
  return options;
}

Json amount_or_null(std::optional<Money> const& amount) {
  return amount ? Json(rapport::to_string(*amount)) : Json();
}

Json number_or_null(std::optional<double> const& number) { return number ? Json(*number) : Json(); }

Json summary_of(PlanCost const& cost, Facts const& facts) {
  Json unpriced = Json::array(), rates = Json::array();
  for (auto const& one : cost.unpriced())
    unpriced.push_back({{"activity", one.activity},
                        {"resource", one.resource},
                        {"effort", rapport::to_string(one.effort)},
                        {"reason", one.reason}});
  for (auto const& rate : facts.exchange_rates)
    rates.push_back({{"of", rate.of.code()},
                     {"price", rapport::to_string(rate.price)},
                     {"from", rate.from ? Json(rapport::to_string(*rate.from)) : Json()}});
  return {{"basis", to_name(cost.basis())},
          {"currency", cost.to_come().currency.code()},
          {"total", amount_or_null(cost.total())},
          {"spent", rapport::to_string(cost.spent())},
          {"to_come", rapport::to_string(cost.to_come())},
          {"exchange_rates", std::move(rates)},
          {"unpriced", std::move(unpriced)},
          {"notes", to_json(cost.notes())}};
}

Json summary_of(PlanValue const& value, CostStep step) {
  auto const total = value.total();
  Json summary{{"status_date", rapport::to_string(value.status_date())},
               {"planned", rapport::to_string(total.planned)},
               {"earned", rapport::to_string(total.earned)},
               {"actual", rapport::to_string(total.actual)},
               {"budget", rapport::to_string(total.budget_at_completion)}};
  auto const found = value.performance();
  auto const of = [&](auto member) { return found ? std::optional((*found).*member) : std::nullopt; };
  auto const ratio = [&](std::optional<double> Performance::*member) {
    return number_or_null(found ? (*found).*member : std::nullopt);
  };
  auto const money = [&](std::optional<Money> Performance::*member) {
    return amount_or_null(found ? (*found).*member : std::nullopt);
  };
  summary["cost_variance"] = amount_or_null(of(&Performance::cost_variance));
  summary["schedule_variance"] = amount_or_null(of(&Performance::schedule_variance));
  summary["cost_index"] = ratio(&Performance::cost_index);
  summary["schedule_index"] = ratio(&Performance::schedule_index);
  summary["complete"] = ratio(&Performance::complete);
  summary["estimate_at_completion"] = money(&Performance::estimate_at_completion);
  summary["estimate_to_complete"] = money(&Performance::estimate_to_complete);
  summary["variance_at_completion"] = money(&Performance::variance_at_completion);
  summary["index_to_budget"] = ratio(&Performance::index_to_budget);
  auto const schedule = value.schedule();
  auto const in_time = [&](double EarnedSchedule::*member) {
    return schedule ? Json((*schedule).*member) : Json();
  };
  summary["step"] = to_name(step);
  summary["earned_schedule"] = in_time(&EarnedSchedule::earned);
  summary["schedule_variance_time"] = in_time(&EarnedSchedule::variance);
  summary["schedule_index_time"] = in_time(&EarnedSchedule::index);
  summary["estimated_periods"] = in_time(&EarnedSchedule::estimate);
  auto const finish = value.estimated_finish();
  summary["estimated_finish"] = finish ? Json(rapport::to_string(*finish)) : Json();
  summary["notes"] = to_json(value.notes());
  return summary;
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_schedule_cost(rapport_schedule const* schedule, rapport_project const* project,
                                     char const* basis, rapport_money* total, ArrowArrayStream* lines,
                                     rapport_error** error) {
  return guarded(error, [&] {
    auto& sum = required(total, "total");
    auto const cost =
        rapport::cost_plan(required(project, "project").value, required(schedule, "schedule").value,
                           choice(basis, "basis", rapport::CostBasis::Current));
    auto const amount = money_of(cost.total());
    if (lines) give(cost.table(), *lines);
    sum = amount;
  });
}

rapport_status rapport_schedule_cost_by(rapport_schedule const* schedule, rapport_project const* project,
                                        char const* basis, char const* by, ArrowArrayStream* out,
                                        rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& facts = required(project, "project").value;
    auto const gathered = choice(required_text(by, "by"), "by", rapport::CostBy::Activity);
    give(rapport::cost_plan(facts, required(schedule, "schedule").value,
                            choice(basis, "basis", rapport::CostBasis::Current))
             .by(gathered, facts),
         result);
  });
}

rapport_status rapport_schedule_cost_curve(rapport_schedule const* schedule, rapport_project const* project,
                                           char const* basis, char const* step, ArrowArrayStream* out,
                                           rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(rapport::cost_plan(required(project, "project").value, required(schedule, "schedule").value,
                            choice(basis, "basis", rapport::CostBasis::Current))
             .curve(choice(step, "step", rapport::CostStep::Weekly)),
         result);
  });
}

rapport_status rapport_schedule_earned_value(rapport_schedule const* schedule, rapport_project const* project,
                                             char const* options, char const* by, ArrowArrayStream* rows,
                                             ArrowArrayStream* curve, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(rows, "rows");
    auto const& facts = required(project, "project").value;
    auto const value =
        rapport::value_plan(facts, required(schedule, "schedule").value, value_options(options));
    ArrowArrayStream first{};
    give(value.by(choice(by, "by", rapport::CostBy::Wbs), facts), first);
    try {
      if (curve) give(value.curve(), *curve);
    } catch (...) {
      first.release(&first);
      throw;
    }
    result = first;
  });
}

rapport_status rapport_impact_cost(rapport_impact const* impact, rapport_project const* project,
                                   rapport_money* total, ArrowArrayStream* lines, rapport_error** error) {
  return guarded(error, [&] {
    auto& sum = required(total, "total");
    auto const cost =
        rapport::cost_plan(required(project, "project").value, required(impact, "impact").value);
    auto const amount = money_of(cost.total());
    if (lines) give(cost.table(), *lines);
    sum = amount;
  });
}

rapport_status rapport_impact_cost_curve(rapport_impact const* impact, rapport_project const* project,
                                         char const* step, ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& facts = required(project, "project").value;
    auto const& found = required(impact, "impact").value;
    give(rapport::curve_changes(rapport::cost_plan(facts, found.before()), rapport::cost_plan(facts, found),
                                choice(step, "step", rapport::CostStep::Weekly)),
         result);
  });
}

rapport_status rapport_impact_cost_by(rapport_impact const* impact, rapport_project const* project,
                                      char const* by, ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(rapport::cost_changes(required(project, "project").value, required(impact, "impact").value,
                               choice(required_text(by, "by"), "by", rapport::CostBy::Activity)),
         result);
  });
}

rapport_status rapport_schedule_cost_summary(rapport_schedule const* schedule, rapport_project const* project,
                                             char const* basis, char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& facts = required(project, "project").value;
    auto const cost = rapport::cost_plan(facts, required(schedule, "schedule").value,
                                         choice(basis, "basis", rapport::CostBasis::Current));
    result = copied(dumped(summary_of(cost, facts.facts())));
  });
}

rapport_status rapport_schedule_earned_value_summary(rapport_schedule const* schedule,
                                                     rapport_project const* project, char const* options,
                                                     char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = value_options(options);
    auto const value =
        rapport::value_plan(required(project, "project").value, required(schedule, "schedule").value, chosen);
    result = copied(dumped(summary_of(value, chosen.step)));
  });
}
