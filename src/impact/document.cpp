#include <nlohmann/json.hpp>

#include "impact/parts.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

using Json = nlohmann::ordered_json;

Json rows(Table const& table) { return Json::parse(to_json(table)); }

Json optional(std::optional<Money> const& money) { return money ? Json(to_string(*money)) : Json(); }

Json trail_of(Trail const& trail) {
  Json steps = Json::array();
  for (auto const& step : trail.steps) {
    Json made;
    if (step.from) made["from"] = *step.from;
    made["kind"] = name_of(step.kind);
    if (step.node) made["node"] = to_string(*step.node);
    made["label"] = step.label;
    if (!step.because.empty()) made["because"] = step.because;
    if (step.likelihood) made["likelihood"] = step.likelihood->value();
    if (step.share) made["share"] = *step.share;
    if (step.work) made["work"] = to_string(*step.work);
    if (step.delay) made["delay_minutes"] = static_cast<double>(step.delay->seconds) / 60;
    if (step.cost) made["cost"] = to_string(*step.cost);
    if (step.figure) made["figure"] = *step.figure;
    steps.push_back(std::move(made));
  }
  return {{"text", to_string(trail)}, {"steps", std::move(steps)}};
}

Json discarded(std::vector<CostLine> const& lines) {
  Json all = Json::array();
  for (auto const& line : lines)
    all.push_back({{"amount", to_string(line.amount)},
                   {"activity", line.activity},
                   {"resource", line.resource},
                   {"assumed", line.assumed},
                   {"reason", line.reason}});
  return all;
}

}  // namespace

std::string to_document(Impact const& impact, int indent) {
  Json document;
  document["change"] = {{"id", impact.change().key}, {"title", impact.change().title}};
  document["finish"] = {{"before", to_string(impact.before().finish())},
                        {"after", to_string(impact.after().finish())},
                        {"delta_minutes", static_cast<double>(impact.finish_delta().seconds) / 60},
                        {"delta_work", to_string(impact.finish_delta_work())},
                        {"assumed", impact.work_assumed() && impact.finish_delta().seconds != 0}};
  document["milestones"] = rows(impact.milestones());
  document["activities"] = rows(impact.activities());
  document["rework"] = rows(impact.rework());
  document["reach"] = rows(impact.reach());
  Json unpriced = Json::array();
  for (auto const& one : impact.unpriced())
    unpriced.push_back({{"activity", one.activity},
                        {"resource", one.resource},
                        {"effort", to_string(one.effort)},
                        {"reason", one.reason}});
  bool const costs = impact.cost_delta() && impact.cost_delta()->minor != 0;
  document["cost"] = {{"total", optional(impact.cost_delta())},
                      {"assumed", impact.work_assumed() && costs},
                      {"lines", rows(impact.costs())},
                      {"unpriced", std::move(unpriced)},
                      {"discarded", discarded(impact.discarded())}};
  if (impact.cost_delta()) document["cost"]["currency"] = impact.cost_delta()->currency.code();
  Json confirmations = Json::array(), tests = Json::array();
  for (auto const& lapsed : impact.lapsed_confirmations())
    confirmations.push_back({{"requirement", lapsed.requirement},
                             {"version", lapsed.version},
                             {"by", lapsed.by},
                             {"likelihood", lapsed.likelihood.value()},
                             {"reason", lapsed.reason}});
  for (auto const& test : impact.repeated_tests())
    tests.push_back({{"test", test.test},
                     {"name", test.name},
                     {"level", to_name(test.level)},
                     {"already_run", test.already_run},
                     {"effort", to_string(test.effort)},
                     {"cost", optional(test.cost)},
                     {"likelihood", test.likelihood.value()},
                     {"reason", test.reason}});
  Json figures = Json::array();
  for (auto const& figure : impact.quality_figures()) {
    Json inputs = Json::array();
    for (auto const& input : figure.inputs)
      inputs.push_back({{"name", input.name},
                        {"value", input.value},
                        {"unit", input.unit},
                        {"source", input.source},
                        {"assumed", input.assumed}});
    figures.push_back({{"measure", name_of(figure.measure)},
                       {"value", figure.value},
                       {"unit", figure.unit},
                       {"model", figure.model},
                       {"assumed", figure.assumed},
                       {"inputs", std::move(inputs)}});
  }
  document["quality"] = {{"figures", std::move(figures)},
                         {"defects", rows(impact.defects())},
                         {"defects_by_phase", rows(impact.defects_by_phase())},
                         {"confirmations", std::move(confirmations)},
                         {"tests", std::move(tests)}};
  document["trails"] = {{"finish", trail_of(impact.trail("finish"))},
                        {"cost", trail_of(impact.trail("cost"))},
                        {"quality", trail_of(impact.trail("quality"))}};
  Json notes = Json::array();
  for (auto const& note : impact.notes()) notes.push_back(to_string(note));
  document["notes"] = std::move(notes);
  return document.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace rapport
