#include "rapport/impact/assumptions.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "rapport/base/error.h"
#include "rapport/impact/impact.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

using AssumptionJson = nlohmann::ordered_json;

constexpr std::array<std::string_view, 2> combinations = {"strongest_path", "tree"};
constexpr std::array<std::string_view, 3> countings = {"likely", "expected", "all"};
constexpr std::array<std::string_view, 3> attachments = {"open_successors", "not_started_successors",
                                                         "finish"};

/// One object of the document; what nobody asked for is refused at the end.
class Fields {
 public:
  Fields(AssumptionJson const& json, std::string place) : json_(json), place_(std::move(place)) {
    if (!json.is_object()) throw InvalidInput(place_ + " is no JSON object like {\"value\": 0.04}");
  }

  AssumptionJson const* find(std::string const& name) {
    known_.push_back(name);
    auto const found = json_.find(name);
    return found == json_.end() || found->is_null() ? nullptr : &*found;
  }
  void number(std::string const& name, double& into) {
    if (auto const* found = find(name)) into = number_of(*found, place_ + "." + name);
  }
  void probability(std::string const& name, Probability& into) {
    double value = into.value();
    number(name, value);
    if (!(value >= 0 && value <= 1))
      throw InvalidInput(place_ + "." + name + " is " + std::to_string(value) +
                         "; give a number from 0 to 1");
    into = Probability(value);
  }
  void text(std::string const& name, std::string& into) {
    auto const* found = find(name);
    if (!found) return;
    if (!found->is_string()) throw InvalidInput(place_ + "." + name + " is no text");
    into = found->get<std::string>();
  }
  template <class Enum, std::size_t n>
  void choice(std::string const& name, std::array<std::string_view, n> const& names, Enum& into) {
    std::string given(names[static_cast<std::size_t>(into)]);
    text(name, given);
    auto const at = std::find(names.begin(), names.end(), given);
    if (at == names.end()) {
      std::string all;
      for (auto const each : names) all += (all.empty() ? "" : ", ") + std::string(each);
      throw InvalidInput(place_ + "." + name + " is \"" + given + "\"; it may be one of: " + all);
    }
    into = static_cast<Enum>(at - names.begin());
  }
  /// A number of the project's own.
  void assumption(std::string const& name, Assumption& into) {
    auto const* found = find(name);
    if (!found) return;
    if (found->is_number()) {
      into = {number_of(*found, place_), into.unit, "given for this assessment", false};
      return;
    }
    Fields fields(*found, place_ + "." + name);
    Assumption given = into;
    if (!found->contains("value")) throw InvalidInput(place_ + "." + name + " has no \"value\"");
    fields.number("value", given.value);
    given.source = "given for this assessment";
    fields.text("source", given.source);
    fields.text("unit", given.unit);
    given.assumed = false;
    if (auto const* assumed = fields.find("assumed")) {
      if (!assumed->is_boolean())
        throw InvalidInput(place_ + "." + name + ".assumed is neither true nor false");
      given.assumed = assumed->get<bool>();
    }
    fields.done();
    into = given;
  }
  void done() const {
    for (auto const& [name, value] : json_.items()) {
      if (std::ranges::count(known_, name)) continue;
      std::string near;
      for (auto const& each : nearest_keys(name, known_)) near += (near.empty() ? "" : ", ") + each;
      throw InvalidInput(place_ + " has a field \"" + name + "\", which is not known" +
                         (near.empty() ? "" : "; nearest: " + near));
    }
  }
  [[nodiscard]] std::string const& place() const { return place_; }

 private:
  static double number_of(AssumptionJson const& json, std::string const& place) {
    if (!json.is_number()) throw InvalidInput(place + " is " + json.dump() + ", which is no number");
    return json.get<double>();
  }

  AssumptionJson const& json_;
  std::string place_;
  std::vector<std::string> known_;
};

AssumptionJson parsed_document(std::string_view text, std::string const& file) {
  constexpr int deepest = 16;
  auto const bounded = [&](int depth, AssumptionJson::parse_event_t, AssumptionJson const&) {
    if (depth > deepest) throw ParseError(file, 0, 0, "this is nested too deeply to be assumptions");
    return true;
  };
  try {
    return AssumptionJson::parse(text, bounded);
  } catch (AssumptionJson::parse_error const& error) {
    auto const before = text.substr(0, error.byte > 0 ? error.byte - 1 : 0);
    auto const line = 1 + std::count(before.begin(), before.end(), '\n');
    auto const newline = before.rfind('\n');
    auto const column = before.size() - (newline == before.npos ? 0 : newline + 1) + 1;
    throw ParseError(file, line, static_cast<std::int64_t>(column), "this is no JSON");
  }
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
    of.done();
  }
  types.done();
}

AssumptionJson to_json(Assumption const& from) {
  return {{"value", from.value}, {"unit", from.unit}, {"source", from.source}, {"assumed", from.assumed}};
}

}  // namespace

AssessOptions assess_options_from_document(std::string_view json, std::string const& file) {
  auto const document = parsed_document(json, file);
  AssessOptions options;
  Fields fields(document, file);
  fields.assumption("injected_per_hour", options.quality.injected_per_hour);
  if (auto const* given = fields.find("removal_efficiency")) {
    Fields levels(*given, file + ".removal_efficiency");
    for (std::size_t i = 0; i < options.quality.removal_efficiency.size(); ++i)
      levels.assumption(std::string(to_name(static_cast<TestLevel>(i))),
                        options.quality.removal_efficiency[i]);
    levels.done();
  }
  if (auto const* given = fields.find("repair_effort")) {
    Fields phases(*given, file + ".repair_effort");
    for (std::size_t i = 0; i < options.quality.repair_effort.size(); ++i)
      phases.assumption(std::string(name_of(static_cast<DefectPhase>(i))), options.quality.repair_effort[i]);
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
  AssumptionJson document;
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
        {"upstream_share", rule.upstream_share}};
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
