#include "rapport/impact/assumptions.h"

#include <algorithm>
#include <array>

#include "impact/fields.h"
#include "rapport/base/error.h"
#include "rapport/impact/impact.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

using detail::DocumentJson;
using detail::Fields;

constexpr std::array<std::string_view, 2> combinations = {"strongest_path", "tree"};
constexpr std::array<std::string_view, 3> countings = {"likely", "expected", "all"};
constexpr std::array<std::string_view, 3> attachments = {"open_successors", "not_started_successors",
                                                         "finish"};

/// A number of the project's own.
void read_assumption(Fields& fields, std::string const& name, Assumption& into) {
  auto const* found = fields.find(name);
  if (!found) return;
  auto const place = fields.place() + "." + name;
  if (found->is_number()) {
    into = {Fields::number_of(*found, place), into.unit, "given for this assessment", false};
    return;
  }
  Fields of(*found, place);
  Assumption given = into;
  if (!found->contains("value")) throw InvalidInput(place + " has no \"value\"");
  of.number("value", given.value);
  given.source = "given for this assessment";
  of.text("source", given.source);
  of.text("unit", given.unit);
  given.assumed = false;
  if (auto const* assumed = of.find("assumed")) {
    if (!assumed->is_boolean()) throw InvalidInput(place + ".assumed is neither true nor false");
    given.assumed = assumed->get<bool>();
  }
  of.done();
  into = given;
}

/// The numbers of a rule, by their names in the document.
constexpr std::array<std::pair<std::string_view, bool PropagationRule::Given::*>, 4> rule_numbers = {
    {{"likelihood", &PropagationRule::Given::likelihood},
     {"share", &PropagationRule::Given::share},
     {"upstream", &PropagationRule::Given::upstream},
     {"upstream_share", &PropagationRule::Given::upstream_share}}};

/// What is stated is data, except what "assumed" (true for all, or a list of names) says is none.
void read_given(Fields& of, PropagationRule& rule) {
  for (auto const& [name, given] : rule_numbers)
    if (of.find(std::string(name))) rule.given.*given = true;
  auto const* assumed = of.find("assumed");
  if (!assumed) return;
  std::string const place = of.place() + ".assumed";
  auto const unmark = [&](std::string const& wanted) {
    bool found = wanted.empty();
    for (auto const& [name, given] : rule_numbers) {
      if (!wanted.empty() && wanted != name) continue;
      rule.given.*given = false;
      found = true;
    }
    if (!found)
      throw InvalidInput(place + " names \"" + wanted +
                         "\"; it may name likelihood, share, upstream, upstream_share");
  };
  if (assumed->is_boolean()) {
    if (assumed->get<bool>()) unmark("");
    return;
  }
  bool const names = assumed->is_array() && std::ranges::all_of(*assumed, [](DocumentJson const& each) {
                       return each.is_string() && !each.get<std::string>().empty();
                     });
  if (!names)
    throw InvalidInput(place + " is " + assumed->dump() +
                       "; give true, false or a list of names, such as [\"share\"]");
  for (auto const& each : *assumed) unmark(each.get<std::string>());
}

DocumentJson assumed_numbers(PropagationRule const& rule) {
  DocumentJson names = DocumentJson::array();
  for (auto const& [name, given] : rule_numbers)
    if (!(rule.given.*given)) names.push_back(name);
  if (names.empty()) return false;
  if (names.size() == rule_numbers.size()) return true;
  return names;
}

void read_traces(Fields& fields, PropagationRules& rules) {
  auto const* traces = fields.find("traces");
  if (!traces) return;
  Fields types(*traces, fields.place() + ".traces");
  for (std::size_t t = 0; t < trace_type_count; ++t) {
    std::string const type(to_name(static_cast<TraceType>(t)));
    auto const* given = types.find(type);
    if (!given) continue;
    Fields of(*given, types.place() + "." + type);
    auto& rule = rules.by_type[t];
    of.probability("likelihood", rule.likelihood);
    of.number("share", rule.share);
    of.probability("upstream", rule.upstream);
    of.number("upstream_share", rule.upstream_share);
    read_given(of, rule);
    of.done();
  }
  types.done();
}

DocumentJson to_json(Assumption const& from) {
  return {{"value", from.value}, {"unit", from.unit}, {"source", from.source}, {"assumed", from.assumed}};
}

}  // namespace

AssessOptions assess_options_from_document(std::string_view json, std::string const& file) {
  auto const document = detail::parsed_document(json, file, "assumptions");
  AssessOptions options;
  Fields fields(document, file, R"({"injected_per_hour": {"value": 0.04, "source": "release 3"}})");
  read_assumption(fields, "injected_per_hour", options.quality.injected_per_hour);
  if (auto const* given = fields.find("removal_efficiency")) {
    Fields levels(*given, file + ".removal_efficiency");
    for (std::size_t i = 0; i < options.quality.removal_efficiency.size(); ++i)
      read_assumption(levels, std::string(to_name(static_cast<TestLevel>(i))),
                      options.quality.removal_efficiency[i]);
    levels.done();
  }
  if (auto const* given = fields.find("repair_effort")) {
    Fields phases(*given, file + ".repair_effort");
    for (std::size_t i = 0; i < options.quality.repair_effort.size(); ++i)
      read_assumption(phases, std::string(name_of(static_cast<DefectPhase>(i))),
                      options.quality.repair_effort[i]);
    phases.done();
  }
  auto& rules = options.propagation;
  read_traces(fields, rules);
  double depth = rules.depth;
  fields.number("depth", depth);
  if (depth != static_cast<double>(static_cast<int>(std::clamp(depth, -1.0, 1e6))))
    throw InvalidInput(file + ".depth is " + std::to_string(depth) + "; give a whole number from 1 to 64");
  rules.depth = static_cast<int>(depth);
  fields.number("cutoff", rules.cutoff);
  fields.choice("combination", combinations, rules.combination);
  fields.choice("counting", countings, rules.counting);
  fields.probability("count_from", rules.count_from);
  if (auto const* given = fields.find("rework")) {
    Fields rework(*given, file + ".rework");
    rework.choice("attachment", attachments, options.rework.attachment);
    rework.number("of_not_started", options.rework.of_not_started);
    rework.number("of_in_progress", options.rework.of_in_progress);
    rework.number("of_completed", options.rework.of_completed);
    rework.text("suffix", options.rework.suffix);
    rework.done();
  }
  fields.done();
  check(options);
  return options;
}

std::string to_document(AssessOptions const& options, int indent) {
  DocumentJson document;
  document["injected_per_hour"] = to_json(options.quality.injected_per_hour);
  for (std::size_t i = 0; i < options.quality.removal_efficiency.size(); ++i)
    document["removal_efficiency"][std::string(to_name(static_cast<TestLevel>(i)))] =
        to_json(options.quality.removal_efficiency[i]);
  for (std::size_t i = 0; i < options.quality.repair_effort.size(); ++i)
    document["repair_effort"][std::string(name_of(static_cast<DefectPhase>(i)))] =
        to_json(options.quality.repair_effort[i]);
  auto const& rules = options.propagation;
  for (std::size_t t = 0; t < trace_type_count; ++t) {
    auto const& rule = rules.by_type[t];
    document["traces"][std::string(to_name(static_cast<TraceType>(t)))] = {
        {"likelihood", rule.likelihood.value()},
        {"share", rule.share},
        {"upstream", rule.upstream.value()},
        {"upstream_share", rule.upstream_share},
        {"assumed", assumed_numbers(rule)}};
  }
  document["depth"] = rules.depth;
  document["cutoff"] = rules.cutoff;
  document["combination"] = combinations[static_cast<std::size_t>(rules.combination)];
  document["counting"] = countings[static_cast<std::size_t>(rules.counting)];
  document["count_from"] = rules.count_from.value();
  document["rework"] = {{"attachment", attachments[static_cast<std::size_t>(options.rework.attachment)]},
                        {"of_not_started", options.rework.of_not_started},
                        {"of_in_progress", options.rework.of_in_progress},
                        {"of_completed", options.rework.of_completed},
                        {"suffix", options.rework.suffix}};
  return document.dump(indent);
}

}  // namespace rapport
