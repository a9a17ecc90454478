#include "impact/fields.h"

#include <set>

#include "model/json_tree.h"

namespace rapport::detail {

DocumentJson parsed_document(std::string_view text, std::string const& file, std::string const& what) {
  constexpr int deepest = 16;
  std::vector<std::set<std::string>> open;  // Names in the objects that are not closed yet.
  auto const bounded = [&](int depth, DocumentJson::parse_event_t event, DocumentJson const& value) {
    if (depth > deepest) throw ParseError(file, 0, 0, "this is nested too deeply to be " + what);
    if (event == DocumentJson::parse_event_t::object_start) open.emplace_back();
    if (event == DocumentJson::parse_event_t::object_end) open.pop_back();
    if (event == DocumentJson::parse_event_t::key && !open.back().insert(value.get<std::string>()).second)
      throw InvalidInput(file + " has the field \"" + value.get<std::string>() +
                         "\" twice in one object; leave one out");
    return true;
  };
  try {
    return DocumentJson::parse(text, bounded);
  } catch (DocumentJson::parse_error const&) {
    refuse_json(text, file);
  } catch (DocumentJson::out_of_range const&) {
    refuse_json(text, file);
  }
}

Fields::Fields(DocumentJson const& json, std::string place, std::string_view example)
    : json_(json), place_(std::move(place)) {
  if (!json.is_object()) throw InvalidInput(place_ + " is no JSON object like " + std::string(example));
}

DocumentJson const* Fields::find(std::string const& name) {
  if (!std::ranges::count(known_, name)) known_.push_back(name);
  auto const found = json_.find(name);
  return found == json_.end() || found->is_null() ? nullptr : &*found;
}

void Fields::number(std::string const& name, double& into) {
  if (auto const* found = find(name)) into = number_of(*found, place_ + "." + name);
}

void Fields::probability(std::string const& name, Probability& into) {
  double value = into.value();
  number(name, value);
  if (!(value >= 0 && value <= 1))
    throw InvalidInput(place_ + "." + name + " is " + std::to_string(value) + "; give a number from 0 to 1");
  into = Probability(value);
}

void Fields::text(std::string const& name, std::string& into) {
  auto const* found = find(name);
  if (!found) return;
  if (!found->is_string()) throw InvalidInput(place_ + "." + name + " is no text");
  into = found->get<std::string>();
}

void Fields::done() const {
  for (auto const& [name, value] : json_.items()) {
    if (std::ranges::count(known_, name)) continue;
    std::string near, all;
    for (auto const& each : nearest_keys(name, known_)) near += (near.empty() ? "" : ", ") + each;
    for (auto const& each : known_) all += (all.empty() ? "" : ", ") + each;
    throw InvalidInput(place_ + " has a field \"" + name + "\", which is not known" +
                       (near.empty() ? "" : "; nearest: " + near) + "; known here: " + all);
  }
}

double Fields::number_of(DocumentJson const& json, std::string const& place) {
  if (!json.is_number()) throw InvalidInput(place + " is " + json.dump() + ", which is no number");
  return json.get<double>();
}

}  // namespace rapport::detail
