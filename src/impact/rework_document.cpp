// Rework loops as people write them down.

#include <cmath>
#include <unordered_map>

#include "base/number_text.h"
#include "impact/fields.h"
#include "rapport/impact/rework_loop.h"

namespace rapport {
namespace {

using detail::DocumentJson;
using detail::Fields;

// Both matrices are of the square of this.
constexpr std::size_t most_loop_activities = 2000;

DocumentJson const& list_of(DocumentJson const* found, std::string const& place) {
  if (!found) throw InvalidInput(place + " is missing; give a list");
  if (!found->is_array()) throw InvalidInput(place + " is no list");
  return *found;
}

Triangle triangle_of(DocumentJson const& json, std::string const& place) {
  if (json.is_number()) {
    double const only = json.get<double>();
    return {only, only, only};
  }
  if (!json.is_array() || json.size() != 3)
    throw InvalidInput(place + " is " + json.dump() +
                       "; give best, most likely and worst value as [8, 10, 14], or one number");
  return {Fields::number_of(json[0], place), Fields::number_of(json[1], place),
          Fields::number_of(json[2], place)};
}

LoopActivity activity_of(DocumentJson const& json, std::string const& place) {
  Fields fields(json, place, R"({"name": "Design", "duration": [8, 10, 14]})");
  LoopActivity activity;
  fields.text("name", activity.name);
  if (activity.name.empty()) throw InvalidInput(place + " has no \"name\"");
  auto const* duration = fields.find("duration");
  if (!duration) throw InvalidInput(place + " (" + activity.name + ") has no \"duration\"");
  activity.duration = triangle_of(*duration, place + ".duration");
  if (auto const* cost = fields.find("cost")) activity.cost = triangle_of(*cost, place + ".cost");
  fields.number("repeated", activity.repeated);
  fields.done();
  return activity;
}

/// The activities of a document: one by its name or its place.
class Ends {
 public:
  explicit Ends(std::vector<LoopActivity> const& activities) {
    for (auto const& activity : activities) {
      place_.emplace(activity.name, names_.size());
      names_.push_back(activity.name);
    }
  }

  [[nodiscard]] std::size_t of(Fields& fields, std::string const& name) const {
    auto const place = fields.place() + "." + name;
    auto const* found = fields.find(name);
    if (!found) throw InvalidInput(place + " is missing; name an activity");
    auto const n = names_.size();
    if (found->is_number_integer()) {
      auto const number = found->get<std::int64_t>();
      if (number >= 1 && number <= static_cast<std::int64_t>(n)) return static_cast<std::size_t>(number) - 1;
      throw InvalidInput(place + " is " + found->dump() + "; the activities are 1 to " + std::to_string(n));
    }
    if (!found->is_string())
      throw InvalidInput(place + " is " + found->dump() + "; give the name of an activity or its place");
    auto const key = found->get<std::string>();
    if (auto const known = place_.find(key); known != place_.end()) return known->second;
    std::string near;
    for (auto const& each : nearest_keys(key, names_)) near += (near.empty() ? "" : ", ") + each;
    throw InvalidInput(place + " is \"" + key + "\", which is no activity" +
                       (near.empty() ? "" : "; nearest: " + near));
  }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, std::size_t> place_;
};

void read_loop(DocumentJson const& json, std::string const& place, Ends const& ends, ReworkLoops& loops,
               std::vector<std::uint8_t>& given) {
  Fields fields(json, place, R"({"from": "Test", "to": "Design", "probability": 0.3, "impact": 0.5})");
  auto const from = ends.of(fields, "from"), to = ends.of(fields, "to");
  auto const& names = loops.activities;
  if (from == to)
    throw InvalidInput(place + " leads from " + names[from].name + " to itself; name two activities");
  auto const at = to * names.size() + from;
  if (given[at])
    throw InvalidInput(place + " is the second from " + names[from].name + " to " + names[to].name +
                       "; leave one out");
  given[at] = 1;
  if (!fields.find("probability")) throw InvalidInput(place + " has no \"probability\"");
  if (to < from && !fields.find("impact"))
    throw InvalidInput(place + " sends " + names[to].name +
                       " back but has no \"impact\"; give the share of it that is redone");
  Probability probability, impact;
  fields.probability("probability", probability);
  fields.probability("impact", impact);
  loops.probability[at] = probability.value();
  loops.impact[at] = impact.value();
  fields.done();
}

std::vector<double> rows_of(DocumentJson const* found, std::size_t n, std::string const& place) {
  auto const& rows = list_of(found, place);
  if (rows.size() != n)
    throw InvalidInput(place + " has " + std::to_string(rows.size()) + " rows for " + std::to_string(n) +
                       " activities");
  std::vector<double> values;
  values.reserve(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    auto const row = place + "[" + std::to_string(i) + "]";
    if (!rows[i].is_array() || rows[i].size() != n)
      throw InvalidInput(row + " is no list of " + std::to_string(n) + " numbers");
    for (auto const& value : rows[i]) {
      double const number = Fields::number_of(value, row);
      if (!(number >= 0 && number <= 1))
        throw InvalidInput(row + " holds " + short_text(number) + "; give numbers from 0 to 1");
      values.push_back(number);
    }
  }
  return values;
}

}  // namespace

ReworkLoops rework_loops_from_document(std::string_view json, std::string const& file) {
  auto const document = detail::parsed_document(json, file, "rework loops");
  Fields fields(document, file, R"({"activities": […], "loops": […]})");
  ReworkLoops loops;
  fields.text("duration_unit", loops.duration_unit);
  fields.text("cost_unit", loops.cost_unit);
  auto const& activities = list_of(fields.find("activities"), file + ".activities");
  auto const n = activities.size();
  if (n == 0) throw InvalidInput(file + ".activities are none; give one or more");
  if (n > most_loop_activities)
    throw InvalidInput(file + ".activities are " + std::to_string(n) + "; give " +
                       std::to_string(most_loop_activities) + " or fewer");
  for (std::size_t i = 0; i < n; ++i) {
    auto const place = file + ".activities[" + std::to_string(i) + "]";
    auto activity = activity_of(activities[i], place);
    for (auto const& other : loops.activities)
      if (other.name == activity.name)
        throw InvalidInput(place + " is called " + activity.name + " like one before it; give another name");
    loops.activities.push_back(std::move(activity));
  }
  loops.probability.assign(n * n, 0);
  loops.impact.assign(n * n, 0);
  auto const *given = fields.find("loops"), *probability = fields.find("probability"),
             *impact = fields.find("impact");
  if (given && (probability || impact))
    throw InvalidInput(file + " has \"loops\" and matrices as well; give one of them");
  if (probability || impact) {
    loops.probability = rows_of(probability, n, file + ".probability");
    loops.impact = rows_of(impact, n, file + ".impact");
  } else if (given) {
    std::vector<std::uint8_t> seen(n * n, 0);
    Ends const ends(loops.activities);
    auto const& list = list_of(given, file + ".loops");
    for (std::size_t i = 0; i < list.size(); ++i)
      read_loop(list[i], file + ".loops[" + std::to_string(i) + "]", ends, loops, seen);
  }
  fields.done();
  return loops;
}

}  // namespace rapport
