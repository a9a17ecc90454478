#include "rapport/model/document.h"

#include <algorithm>

#include "model/check_fields.h"
#include "model/decode.h"
#include "model/encode.h"

namespace rapport {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::string_view without_mark(std::string_view json) {
  return json.starts_with(byte_order_mark) ? json.substr(byte_order_mark.size()) : json;
}

template <class T>
std::string line_of(T const& fact, Encoder& encoder) {
  try {
    return encoder.encode(fact).dump();
  } catch (nlohmann::json::exception const&) {
    throw InvalidInput(std::string(FactTraits<T>::name) + " " + fact.key +
                       " holds text that is not valid UTF-8; convert it first");
  }
}

/// The place in `fact` that a finding speaks of: "edit 2: …" or the field it begins with.
JsonValue const& place_of(std::string const& message, JsonValue const& fact) {
  std::string const word = message.substr(0, message.find_first_of(" .:"));
  if (word == "edit")
    if (JsonValue const* const edits = fact.field("edits")) {
      auto const number = static_cast<std::size_t>(std::atoll(message.c_str() + word.size()));
      if (number >= 1 && number <= edits->children.size()) return edits->children[number - 1];
    }
  JsonValue const* const field = fact.field(word);
  return field ? *field : fact;
}

/// Values that their types allow but their meaning does not.
template <class T>
void refuse_nonsense(T const& fact, JsonValue const& value, std::string const& path, Locator const& locator) {
  Diagnostics found;
  Findings findings(found);
  findings.turn_to(fact);
  FieldCheck fields(findings);
  describe(fact, fields);
  check(fact, findings);
  for (auto const& finding : found)
    if (finding.severity == Severity::Error)
      locator.fail(place_of(finding.message, value).offset,
                   (path.empty() ? finding.subject : path) + ": " + finding.message + "; " + finding.action);
}

template <class T>
T read_fact(Decoder& decoder, JsonValue const& value, std::string const& path, Locator const& locator) {
  T fact;
  decoder.read(value, path, fact);
  refuse_nonsense(fact, value, path, locator);
  return fact;
}

}  // namespace

std::string to_document(Facts const& facts, int indent) {
  std::string const line = indent < 0 ? "" : "\n";
  std::string const step(static_cast<std::size_t>(std::max(indent, 0)), ' ');
  std::string text = "{";
  bool first = true;
  auto const field = [&](std::string const& name, std::string const& value) {
    text += (first ? "" : ",") + line + step + "\"" + name + "\":" + (indent < 0 ? "" : " ") + value;
    first = false;
  };
  auto const quoted = [](std::string const& value) {
    try {
      return nlohmann::json(value).dump();
    } catch (nlohmann::json::exception const&) {
      throw InvalidInput("the project's name or time zone is not valid UTF-8; convert it first");
    }
  };
  if (!facts.name.empty()) field("name", quoted(facts.name));
  if (!facts.time_zone.empty()) field("time_zone", quoted(facts.time_zone));
  if (facts.currency != Currency()) field("currency", quoted(facts.currency.code()));
  Encoder encoder;
  for_each_fact_type([&]<class T>() {
    auto const& all = facts.*FactTraits<T>::member;
    if (all.empty()) return;
    field(FactTraits<T>::plural, "[");
    for (std::size_t i = 0; i < all.size(); ++i) {
      text += (i ? "," : "") + line + step + step;
      text += line_of(all[i], encoder);
    }
    text += line + step + "]";
  });
  return text + line + "}" + line;
}

std::string to_document(Fact const& fact) {
  Encoder encoder;
  return std::visit([&](auto const& value) { return line_of(value, encoder); }, fact);
}

ReadResult facts_from_document(std::string_view json, std::string_view file) {
  json = without_mark(json);
  ReadResult result;
  Locator locator(json, std::string(file));
  Decoder decoder(locator, &result.diagnostics);
  auto const element = [&](std::string const& name, std::size_t number, JsonValue const& value) {
    bool known = false;
    for_each_fact_type([&]<class T>() {
      if (name != FactTraits<T>::plural) return;
      known = true;
      std::string const path = name + "[" + std::to_string(number) + "]";
      (result.facts.*FactTraits<T>::member).push_back(read_fact<T>(decoder, value, path, locator));
    });
    return known;
  };
  JsonValue const root = parse_json(json, locator, element);
  if (root.kind != JsonValue::Kind::Object)
    locator.fail(
        root.offset,
        "a document of facts is an object like {\"activities\": [{\"key\": …}, …]}, not " + spoken(root));
  std::vector<std::string> known = {"name", "time_zone", "currency"};
  for_each_fact_type([&]<class T>() {
    known.emplace_back(FactTraits<T>::plural);
    JsonValue const* const list = root.field(FactTraits<T>::plural);
    if (list && list->kind != JsonValue::Kind::List && list->kind != JsonValue::Kind::Null)
      locator.fail(list->offset,
                   std::string(FactTraits<T>::plural) + ": expected a list, found " + spoken(*list));
  });
  locator.advance(root.offset);
  for (auto const& child : root.children) {
    locator.advance(child.name_at);
    if (child.kind == JsonValue::Kind::Null) continue;
    if (child.name == "name")
      decoder.read(child, child.name, result.facts.name);
    else if (child.name == "time_zone")
      decoder.read(child, child.name, result.facts.time_zone);
    else if (child.name == "currency")
      decoder.read(child, child.name, result.facts.currency);
    else if (std::find(known.begin(), known.end(), child.name) == known.end())
      decoder.unknown(child, known);
  }
  decoder.finish();
  return result;
}

Fact fact_from_document(FactKind kind, std::string_view json, std::string_view file) {
  json = without_mark(json);
  Locator locator(json, std::string(file));
  JsonValue const root = parse_json(json, locator);
  Decoder decoder(locator, nullptr);
  Fact fact;
  with_fact_type(kind, [&]<class T>() { fact = read_fact<T>(decoder, root, "", locator); });
  return fact;
}

ChangeRequest change_from_document(std::string_view json, std::string_view file, std::int64_t first_line) {
  json = without_mark(json);
  Locator locator(json, std::string(file), first_line);
  JsonValue const root = parse_json(json, locator);
  Decoder decoder(locator, nullptr);
  JsonValue const* change = &root;
  std::string path;
  if (JsonValue const* const several = root.field("change_requests")) {
    if (several->kind != JsonValue::Kind::List || several->children.size() != 1)
      locator.fail(several->offset, "change_requests: expected a list of the one change to assess, found " +
                                        (several->kind == JsonValue::Kind::List
                                             ? std::to_string(several->children.size()) + " of them"
                                             : spoken(*several)));
    change = &several->children.front();
    path = "change_requests[0]";
    for (auto const& child : root.children)
      if (&child != several)
        locator.fail(child.name_at, "\"" + child.name + "\" does not belong beside \"change_requests\"");
  }
  return read_fact<ChangeRequest>(decoder, *change, path, locator);
}

}  // namespace rapport
