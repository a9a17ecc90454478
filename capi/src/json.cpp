#include "json.h"

#include <array>

#include "model/json_tree.h"
#include "rapport/model/names.h"

namespace rapport::capi {
namespace {

char const* name_of(Severity severity) {
  constexpr std::array names = {"info", "warning", "error"};
  return names[static_cast<std::size_t>(severity)];
}
char const* name_of(DateField field) {
  constexpr std::array names = {"early_start", "early_finish", "late_start", "late_finish"};
  return names[static_cast<std::size_t>(field)];
}
char const* name_of(AnswerRule rule) {
  constexpr std::array names = {"stated", "before_start", "at_once", "after_sending", "after_stated_date"};
  return names[static_cast<std::size_t>(rule)];
}
char const* name_of(ChoiceKind kind) {
  constexpr std::array names = {"accept", "defer", "reduce_scope", "decline"};
  return names[static_cast<std::size_t>(kind)];
}

Json to_json(Notice const& notice) {
  Json because = Json::array();
  for (auto const& reason : notice.because) {
    Json& item = because.emplace_back(Json{{"reason", rapport::name_of(reason.reason)}});
    if (reason.node) item["node"] = to_string(*reason.node);
    if (!reason.name.empty()) item["name"] = reason.name;
  }
  Json json{{"to",
             {{"key", notice.to.key},
              {"name", notice.to.name},
              {"organisation", notice.to.organisation},
              {"role", notice.to.role},
              {"side", to_name(notice.to.side)},
              {"channel", notice.to.channel},
              {"address", notice.to.address},
              {"language", notice.to.language}}},
            {"part", rapport::name_of(notice.part)},
            {"because", std::move(because)},
            {"because_texts", to_texts(notice.because, notice.to.language)},
            {"copy", notice.copy == Copy::Client ? "client" : "internal"}};
  if (notice.answer_by) json["answer_by"] = to_string(*notice.answer_by);
  json["subject"] = notice.subject;
  json["text"] = notice.text;
  return json;
}

Json to_json(Choice const& choice) {
  Json json{{"kind", name_of(choice.kind)}};
  if (!choice.milestone.empty()) json["milestone"] = choice.milestone;
  if (choice.milestone_date) json["milestone_date"] = to_string(*choice.milestone_date);
  if (!choice.requirements.empty()) json["requirements"] = choice.requirements;
  if (choice.finish_delta) json["finish_delta"] = to_string(*choice.finish_delta);
  if (choice.price) json["price"] = to_string(*choice.price);
  return json;
}

}  // namespace

std::string dumped(Json const& json) { return json.dump(2, ' ', false, Json::error_handler_t::replace); }

Json parsed(char const* text, char const* what) {
  // Deeper than any document of ours; writing JSON out again recurses.
  constexpr int deepest = 64;
  auto const bounded = [&](int depth, Json::parse_event_t, Json const&) {
    if (depth > deepest) refuse_json(text, what);
    return true;
  };
  try {
    return Json::parse(text, bounded);
  } catch (Json::parse_error const&) {
    refuse_json(text, what);
  } catch (Json::out_of_range const&) {
    refuse_json(text, what);
  }
}

Json to_json(Diagnostics const& diagnostics) {
  Json list = Json::array();
  for (auto const& one : diagnostics)
    list.push_back({{"severity", name_of(one.severity)},
                    {"file", one.file},
                    {"line", one.line},
                    {"column", one.column},
                    {"subject", one.subject},
                    {"message", one.message},
                    {"action", one.action}});
  return list;
}

Json to_json(Explanation const& explanation, Network const& network) {
  Json steps = Json::array();
  for (auto const& step : explanation.steps) {
    Json& item = steps.emplace_back(Json{{"activity", step.activity},
                                         {"field", name_of(step.field)},
                                         {"date", to_string(step.date)},
                                         {"driver", rapport::name_of(step.driver)}});
    if (step.link) {
      auto const& links = network.links();
      auto const l = step.link->value;
      item["link"] = {{"predecessor", network.key({links.predecessor[l]})},
                      {"successor", network.key({links.successor[l]})},
                      {"type", to_name(links.type[l])}};
    }
    item["text"] = step.text;
  }
  return {{"text", explanation.text()}, {"steps", std::move(steps)}};
}

Json to_json(Trail const& trail) {
  Json steps = Json::array();
  for (auto const& step : trail.steps) {
    Json& item = steps.emplace_back(Json::object());
    if (step.from) item["from"] = *step.from;
    item["kind"] = rapport::name_of(step.kind);
    if (step.node) item["node"] = to_string(*step.node);
    item["label"] = step.label;
    item["because"] = step.because;
    if (step.likelihood) item["likelihood"] = step.likelihood->value();
    if (step.share) item["share"] = *step.share;
    if (step.work) item["work"] = to_string(*step.work);
    if (step.delay) item["delay"] = to_string(*step.delay);
    if (step.cost) item["cost"] = to_string(*step.cost);
    if (step.figure) item["figure"] = *step.figure;
  }
  return {{"about", trail.about}, {"text", to_string(trail)}, {"steps", std::move(steps)}};
}

Json to_json(Notices const& notices) {
  Json items = Json::array(), choices = Json::array();
  for (auto const& notice : notices.items) items.push_back(to_json(notice));
  for (auto const& choice : notices.choices) choices.push_back(to_json(choice));
  return {
      {"change", notices.change},
      {"answer_by", {{"when", to_string(notices.answer_by.when)}, {"rule", name_of(notices.answer_by.rule)}}},
      {"choices", std::move(choices)},
      {"notices", std::move(items)},
      {"diagnostics", to_json(notices.diagnostics)}};
}

}  // namespace rapport::capi
