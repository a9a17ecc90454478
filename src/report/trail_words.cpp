#include "report/trail_words.h"

#include "report/impact_words.h"

#include <algorithm>
#include <string_view>

#include "rapport/model/names.h"

namespace rapport {
namespace {

using nlohmann::json;

std::vector<std::size_t> chain_to_last(Trail const& trail) {
  std::vector<std::size_t> chain;
  if (trail.steps.empty()) return chain;
  auto const finish = std::ranges::find(trail.steps, TrailStepKind::Finish, &TrailStep::kind);
  std::optional<std::size_t> at = finish == trail.steps.end()
                                      ? trail.steps.size() - 1
                                      : static_cast<std::size_t>(finish - trail.steps.begin());
  for (; at && chain.size() <= trail.steps.size(); at = trail.steps[*at].from) chain.push_back(*at);
  std::ranges::reverse(chain);
  return chain;
}

std::string_view kind_of(TrailStep const& step) {
  switch (step.kind) {
    case TrailStepKind::Change:
      return "change";
    case TrailStepKind::Node:
      return step.node ? to_name(step.node->kind) : "node";
    case TrailStepKind::Rework:
      return "rework";
    case TrailStepKind::Moved:
      return "moved";
    case TrailStepKind::Finish:
      return "finish";
    case TrailStepKind::Cost:
      return "cost";
    case TrailStepKind::Quality:
      return "quality";
  }
  return "node";
}

std::string rail(TrailStep const& step, bool first, bool last, bool gap) {
  std::string text =
      "<svg class=\"rail\" width=\"28\" height=\"100%\" aria-hidden=\"true\" focusable=\"false\">";
  if (!first) text += "<line x1=\"14\" x2=\"14\" y1=\"0\" y2=\"18\"/>";
  if (!last)
    text +=
        std::string("<line x1=\"14\" x2=\"14\" y1=\"18\" y2=\"100%\"") + (gap ? " class=\"gap\"" : "") + "/>";
  switch (step.kind) {
    case TrailStepKind::Change:
    case TrailStepKind::Finish:
      text += "<circle class=\"end\" cx=\"14\" cy=\"18\" r=\"7\"/>";
      break;
    case TrailStepKind::Rework:
      text += "<rect class=\"stop work\" x=\"8\" y=\"12\" width=\"12\" height=\"12\" rx=\"2\"/>";
      break;
    default:
      text += "<circle class=\"stop\" cx=\"14\" cy=\"18\" r=\"5\"/>";
  }
  return text + "</svg>";
}

/// "FS +8h", names of trace types, "add 40h work"; what has no words in this language stays as it is.
std::string via_text(TrailStep const& step, Wording const& say) {
  std::string_view const because = step.because, value = "{{x}}";
  if (because.empty()) return {};
  for (auto const& [reason, words] : say.words().at("via_with").items()) {
    auto const at = reason.find(value);
    auto const before = std::string_view(reason).substr(0, at);
    auto const after = std::string_view(reason).substr(at + value.size());
    if (because.size() <= before.size() + after.size() || !because.starts_with(before) ||
        !because.ends_with(after))
      continue;
    auto text = words.get<std::string>();
    auto const held = because.substr(before.size(), because.size() - before.size() - after.size());
    return text.replace(text.find(value), value.size(), held);
  }
  return say.or_verbatim("via." + step.because, step.because);
}

}  // namespace

json trail_words(Trail const& trail, std::map<std::string, std::pair<Instant, Instant>> const& finishes,
                 Wording const& say) {
  constexpr std::size_t head = 7, tail = 7;
  std::vector<std::size_t> const chain = chain_to_last(trail);
  bool const cut = chain.size() > head + tail;
  json rows = json::array(), middle = json::array();
  for (std::size_t i = 0; i < chain.size(); ++i) {
    bool const left_out = cut && i >= head && i < chain.size() - tail;
    TrailStep const& step = trail.steps[chain[i]];
    bool const gap = cut && i + 1 == head;
    json row{{"rail", rail(step, i == 0, i + 1 == chain.size(), gap)},
             {"kind", say.or_verbatim("kind." + std::string(kind_of(step)), "")},
             {"via", via_text(step, say)},
             {"cost", std::string()}};
    std::string const key = step.node ? step.node->key : std::string();
    row["label"] = step.kind == TrailStepKind::Finish && !step.node ? say("milestone.project") : step.label;
    if (!key.empty() && key != step.label && !step.label.starts_with(key + " ")) row["key"] = key;
    if (step.likelihood && step.likelihood->value() < 1)
      row["likelihood"] = say.percent(step.likelihood->value());
    if (step.share && *step.share > 0 && *step.share < 1) row["share"] = say.percent(*step.share);
    if (step.work && step.work->seconds != 0)
      row["work"] = (step.work->seconds > 0 ? "+" : "") + say.hours(*step.work);
    if (auto const known = finishes.find(step.kind == TrailStepKind::Finish ? "" : key);
        known != finishes.end() && known->second.first != known->second.second) {
      row["delta"] = say.shift(known->second.first, known->second.second);
      row["tone"] = tone_of((known->second.second - known->second.first).seconds);
    } else if (step.delay && step.delay->seconds != 0) {
      row["delta"] = say.shift(*step.delay);
      row["tone"] = tone_of(step.delay->seconds);
    }
    if (step.cost && step.cost->minor != 0) row["cost"] = say.signed_money(*step.cost);
    if (gap) row["skipped"] = say("trail.skipped", {{"n", chain.size() - head - tail}});
    (left_out ? middle : rows).push_back(std::move(row));
  }
  if (cut) rows[head - 1]["middle"] = std::move(middle);
  return rows;
}

}  // namespace rapport
