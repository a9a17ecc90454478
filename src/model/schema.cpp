// The schema of documents, from the same field lists that the codec walks.

#include <set>

#include "model/encode.h"
#include "rapport/model/document.h"

namespace rapport {
namespace {

using Json = nlohmann::ordered_json;

Json reference(std::string const& name) { return {{"$ref", "#/$defs/" + name}}; }
Json text(char const* pattern, char const* description) {
  return {{"type", "string"}, {"pattern", pattern}, {"description", description}};
}

/// Spellings that are shared by many fields.
Json spellings() {
  Json defs = Json::object();
  defs["instant"] = text("^\\d{4}-\\d{2}-\\d{2}([T ]\\d{2}:\\d{2}(:\\d{2})?)?$",
                         "ISO 8601 in project time, without a zone: 2027-03-02T17:00");
  defs["date"] = text("^\\d{4}-\\d{2}-\\d{2}$", "ISO 8601 day: 2027-03-02");
  defs["work"] = text("^[-+]?(?=\\d)(\\d+(\\.\\d*)?h)?(\\d+(\\.\\d*)?m)?(\\d+(\\.\\d*)?s)?$",
                      "Working time in hours, minutes and seconds: 96h, 1h30m");
  defs["elapsed"] = text("^[-+]?(?=\\d)(\\d+(\\.\\d*)?h)?(\\d+(\\.\\d*)?m)?(\\d+(\\.\\d*)?s)?$",
                         "Time on the clock in hours, minutes and seconds: 48h");
  defs["amount"] =
      text("^[-+]?\\d+(\\.\\d*)? ?([mhdw]|h\\d+m)$",
           "Working time in minutes, hours, days or weeks of the calendar it is applied to: 96h, 12d");
  defs["lag"] = text("^[-+]?[0-9.]+(e?%|[ehms0-9.]*[hms])$",
                     "Working time 16h, time on the clock 16eh, or a share of the predecessor's duration "
                     "50%, on the clock 50e%");
  defs["money"] = text("^[-+]?\\d+(\\.\\d+)? [A-Z]{3}$", "An amount and its ISO 4217 currency: 12000.00 EUR");
  defs["rate"] = text("^[-+]?\\d+(\\.\\d{1,6})? [A-Z]{3}($|/)",
                      "A price per hour, or per unit of a material: 85.50 EUR/h, 120.00 EUR/m3");
  defs["currency"] = text("^[A-Z]{3}$", "ISO 4217 code");
  std::string kinds;
  for (auto const name : names_of<FactKind>()) kinds += (kinds.empty() ? "" : "|") + std::string(name);
  defs["node"] = text(("^(" + kinds + "):").c_str(), "Kind and key of a fact: requirement:REQ-31");
  defs["probability"] = {{"type", "number"}, {"minimum", 0}, {"maximum", 1}};
  defs["day_span"] = {{"type", "array"},
                      {"items", text("^\\d{2}:\\d{2}(:\\d{2})?$", "Time of day, at most 24:00")},
                      {"minItems", 2},
                      {"maxItems", 2}};
  Json days = Json::object();
  for (auto const day : weekday_names)
    days[std::string(day)] = {{"type", "array"}, {"items", reference("day_span")}};
  defs["week"] = {
      {"type", "object"},
      {"description", "Shifts of each weekday; a day not given is as in the base calendar, [] is not worked"},
      {"properties", days},
      {"additionalProperties", false}};
  return defs;
}

/// One edit: what must be there, and what may.
Json edit(std::vector<std::pair<char const*, Json>> const& needed,
          std::vector<std::pair<char const*, Json>> const& others, char const* description) {
  Json object{{"type", "object"}, {"description", description}};
  Json properties = Json::object(), required = Json::array();
  for (auto const& [name, schema] : needed) {
    properties[name] = schema;
    required.push_back(name);
  }
  for (auto const& [name, schema] : others) properties[name] = schema;
  object["properties"] = properties;
  object["required"] = required;
  object["additionalProperties"] = false;
  return object;
}

Json edits() {
  Json const key{{"type", "string"}}, yes{{"const", true}};
  Json const share{{"type", "number"}, {"minimum", 0}, {"maximum", 1}},
      factor{{"type", "number"}, {"minimum", 0}};
  Json list = Json::array();
  list.push_back(edit({{"requirement", key}},
                      {{"magnitude", share}, {"text", key}, {"remove", {{"type", "boolean"}}}},
                      "A need changes, by this share of it, or falls away"));
  for (char const* verb : {"add_work", "set_work", "add_duration", "set_duration"})
    list.push_back(
        edit({{"activity", key}, {verb, reference("amount")}}, {}, "More or less to do, or it takes longer"));
  for (char const* verb : {"scale_work", "scale_duration"})
    list.push_back(edit({{"activity", key}, {verb, factor}}, {}, "Times this factor"));
  list.push_back(
      edit({{"activity", key}, {"add_cost", reference("money")}}, {{"cost_account", key}}, "A cost at once"));
  list.push_back(edit({{"activity", key}, {"constraint", reference("constraint")}}, {}, "A date constraint"));
  list.push_back(edit({{"activity", key}, {"remove", yes}}, {}, "The activity falls away"));
  list.push_back(
      edit({{"resource", key}, {"scale_rate", factor}}, {{"from", reference("instant")}}, "A price changes"));
  list.push_back(edit({{"add_link", reference("link")}}, {}, "A new link"));
  list.push_back(edit({{"remove_link", reference("link")}}, {}, "A link falls away"));
  list.push_back(edit({{"add_activity", reference("activity")}},
                      {{"assignments", {{"type", "array"}, {"items", reference("assignment")}}},
                       {"expenses", {{"type", "array"}, {"items", reference("expense")}}}},
                      "A new activity; its assignments and expenses need not name it"));
  return {{"oneOf", list}};
}

/// Writes the definitions of types as it comes upon them.
class Definitions {
 public:
  explicit Definitions(Json defs) : defs_(std::move(defs)) {}
  Json take() { return std::move(defs_); }

  template <class T>
  void define(std::string const& name) {
    if (!begun_.insert(name).second) return;
    Json properties = Json::object();
    static T const fresh{};
    describe(fresh, [&]<class M>(char const* field, M const&, auto... internal) {
      Json schema = of(static_cast<M const*>(nullptr));
      if (sizeof...(internal) > 0) schema["x-internal"] = true;
      properties[field] = schema;
    });
    if constexpr (std::is_same_v<T, ChangeRequest>)
      properties["id"] = {{"type", "string"}, {"description", "Its key"}};
    defs_[name] = {{"type", "object"}, {"properties", properties}, {"additionalProperties", false}};
  }

 private:
  Json of(std::string const*) { return {{"type", "string"}}; }
  Json of(bool const*) { return {{"type", "boolean"}}; }
  Json of(double const*) { return {{"type", "number"}}; }
  Json of(std::int32_t const*) { return {{"type", "integer"}}; }
  Json of(Instant const*) { return reference("instant"); }
  Json of(Date const*) { return reference("date"); }
  Json of(Work const*) { return reference("work"); }
  Json of(Elapsed const*) { return reference("elapsed"); }
  Json of(Money const*) { return reference("money"); }
  Json of(Rate const*) { return reference("rate"); }
  Json of(Currency const*) { return reference("currency"); }
  Json of(Probability const*) { return reference("probability"); }
  Json of(NodeRef const*) { return reference("node"); }
  Json of(Lag const*) { return reference("lag"); }
  Json of(WorkingHours const*) { return reference("day_span"); }
  Json of(Shift const*) { return reference("day_span"); }
  Json of(Week const*) { return reference("week"); }
  Json of(ChangeEdit const*) { return reference("edit"); }
  template <class T>
  Json of(std::optional<T> const*) {
    return of(static_cast<T const*>(nullptr));
  }
  template <class T>
  Json of(std::vector<T> const*) {
    return {{"type", "array"}, {"items", of(static_cast<T const*>(nullptr))}};
  }
  template <class T>
    requires std::is_enum_v<T>
  Json of(T const*) {
    Json names = Json::array();
    for (auto const name : names_of<T>()) names.push_back(std::string(name));
    return {{"enum", names}};
  }
  template <class T>
    requires std::is_class_v<T>
  Json of(T const*) {
    std::string const name = part_name(static_cast<T const*>(nullptr));
    define<T>(name);
    return reference(name);
  }

  static char const* part_name(Elicitation const*) { return "elicitation"; }
  static char const* part_name(RequirementVersion const*) { return "requirement_version"; }
  static char const* part_name(Confirmation const*) { return "confirmation"; }
  static char const* part_name(Rules const*) { return "rules"; }
  static char const* part_name(CalendarException const*) { return "calendar_exception"; }
  static char const* part_name(WorkWeek const*) { return "work_week"; }
  static char const* part_name(Constraint const*) { return "constraint"; }
  static char const* part_name(ActivityProgress const*) { return "activity_progress"; }
  static char const* part_name(Split const*) { return "split"; }
  static char const* part_name(MicrosoftTask const*) { return "microsoft_task"; }
  static char const* part_name(Baseline const*) { return "baseline"; }
  static char const* part_name(RatePeriod const*) { return "rate_period"; }
  static char const* part_name(RiskImpact const*) { return "risk_impact"; }
  static char const* part_name(RiskRating const*) { return "risk_rating"; }
  static char const* part_name(RiskResponse const*) { return "risk_response"; }
  static char const* part_name(Answer const*) { return "answer"; }
  static char const* part_name(ChangeAnalysis const*) { return "change_analysis"; }
  static char const* part_name(SignOff const*) { return "sign_off"; }

  Json defs_;
  std::set<std::string> begun_;
};

}  // namespace

std::string facts_schema() {
  Definitions definitions(spellings());
  Json properties{{"name", {{"type", "string"}, {"description", "Of the whole project"}}},
                  {"time_zone", {{"type", "string"}, {"description", "IANA name of project time"}}},
                  {"currency", reference("currency")}};
  for_each_fact_type([&]<class T>() {
    definitions.define<T>(FactTraits<T>::name);
    properties[FactTraits<T>::plural] = {{"type", "array"}, {"items", reference(FactTraits<T>::name)}};
  });
  Json defs = definitions.take();
  defs["edit"] = edits();
  Json const schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                    {"title", "Facts of a Rapport project"},
                    {"type", "object"},
                    {"properties", properties},
                    {"additionalProperties", false},
                    {"$defs", defs}};
  return schema.dump(2) + "\n";
}

}  // namespace rapport
