// The sections of an internal page on cost, quality, risks and people.

#include <algorithm>
#include <map>

#include "notice/client_words.h"
#include "rapport/model/names.h"
#include "report/impact_words.h"
#include "report/matrix_svg.h"

namespace rapport {
namespace {

using nlohmann::json;

std::string rate_text(Rate rate, Wording const& say) {
  std::string const number = say.number(rate.in_major(), 4);
  return rate.currency == Currency() ? number : number + "\u00a0" + rate.currency.code();
}

/// Numbers below zero with the sign that the rest of the page has.
std::string with_minus(std::string const& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const sign = text[i] == '-' && (i == 0 || text[i - 1] == ' ') && i + 1 < text.size() &&
                      text[i + 1] >= '0' && text[i + 1] <= '9';
    if (sign)
      result += "\u2212";
    else
      result += text[i];
  }
  return result;
}

/// The engine says its reasons in English; in other languages they are put together from the figures.
std::string reason_text(CostLine const& line, Wording const& say) {
  if (say.language() == "en") return with_minus(line.reason);
  if (line.work && line.rate)
    return say("cost.reason.work", {{"work", say.hours(*line.work)}, {"rate", rate_text(*line.rate, say)}});
  if (line.work) return say("cost.reason.hours", {{"work", say.hours(*line.work)}});
  if (line.quantity && line.category == CostCategory::Material)
    return say("cost.reason.quantity", {{"quantity", say.number(*line.quantity)}});
  if (line.quantity) return say("cost.reason.days", {{"n", say.number(*line.quantity)}});
  return line.reason;
}

json line_row(PricedLine const& from, Wording const& say) {
  CostLine const& line = from.line;
  std::vector<std::string> what;
  for (std::string const& name : {from.activity, from.resource, line.subject})
    if (!name.empty() && !std::ranges::count(what, name)) what.push_back(name);
  std::string text;
  for (std::string const& name : what) text += (text.empty() ? "" : " · ") + name;
  return {{"category", say("cost.category." + std::string(name_of(line.category)))},
          {"amount", marked(say.signed_money(line.amount), line.assumed)},
          {"tone", tone_of(line.amount.minor)},
          {"what", text},
          {"account", from.account},
          {"reason", reason_text(line, say)}};
}

std::string with_unit(QualityFigure const& from, Wording const& say) {
  if (from.unit == "share") return say.percent(from.value);
  bool const money = from.measure == QualityMeasure::RepairCost || from.measure == QualityMeasure::EscapeCost;
  if (money) return say.round_money(Money::of(from.value, Currency(from.unit)));
  bool const defects = from.unit == "defects";
  std::string const value = say.number(from.value, defects ? 2 : 1);
  return from.unit == "h" ? value + " " + say("unit.hours") : value;
}

json probability_and_score(RiskScore const& score, std::string const& level, Wording const& say) {
  return {{"probability", say.percent(score.probability.value())},
          {"score", say.fixed(score.score, 2)},
          {"level", say.or_verbatim("level." + level, level)}};
}

}  // namespace

json cost_words(ImpactPage const& page, Wording const& say) {
  json words{{"lines", json::array()}, {"unpriced", json::array()}, {"discarded", json::array()}};
  constexpr std::size_t at_once = 12;
  // One line more is shorter than a fold that hides it.
  std::size_t const shown = page.costs.size() <= at_once + 1 ? page.costs.size() : at_once;
  words["smaller"] = json::array();
  Money rest;
  bool rest_assumed = false;
  for (std::size_t i = 0; i < page.costs.size(); ++i) {
    words[i < shown ? "lines" : "smaller"].push_back(line_row(page.costs[i], say));
    if (i < shown) continue;
    rest += page.costs[i].line.amount;
    rest_assumed |= page.costs[i].line.assumed;
  }
  words["rest"] = std::string();
  if (shown < page.costs.size()) {
    words["rest"] = marked(rest.minor == 0 ? say.money(rest) : say.signed_money(rest), rest_assumed);
    words["rest_count"] = say("cost.smaller", {{"n", page.costs.size() - shown}});
  }
  for (PricedLine const& line : page.discarded) words["discarded"].push_back(line_row(line, say));
  for (Unpriced const& from : page.unpriced) {
    std::string what = name_in(page, FactKind::Activity, from.activity);
    if (!from.resource.empty())
      what += (what.empty() ? "" : " · ") + name_in(page, FactKind::Resource, from.resource);
    words["unpriced"].push_back(
        {{"what", what},
         {"effort", from.effort.seconds == 0 ? std::string() : say.hours(from.effort)},
         {"reason", from.reason}});
  }
  words["any_unpriced"] = !page.unpriced.empty();
  words["any_discarded"] = !words["discarded"].empty();
  words["any"] = !words["lines"].empty();
  if (page.cost_delta)
    words["total"] = page.cost_delta->minor == 0
                         ? say.money(*page.cost_delta)
                         : marked(say.signed_money(*page.cost_delta), page.work_assumed);
  return words;
}

json quality_words(ImpactPage const& page, Wording const& say) {
  json words{{"figures", json::array()},
             {"defects", json::array()},
             {"tests", json::array()},
             {"confirmations", json::array()},
             {"assumptions", json::array()}};
  // What was counted is told by the figures; the section is about numbers that somebody chose.
  std::map<std::string, QualityInput> inputs;
  for (QualityFigure const& from : page.quality) {
    std::string const name(name_of(from.measure));
    words["figures"].push_back({{"label", say("quality.measure." + name)},
                                {"value", with_unit(from, say)},
                                {"model", say.or_verbatim("quality.model." + name, from.model)},
                                {"assumed", from.assumed}});
    for (QualityInput const& input : from.inputs)
      if (input.source != "facts") inputs.emplace(input.name, input);
  }
  for (auto const& [name, input] : inputs)
    words["assumptions"].push_back({{"name", name},
                                    {"value", say.number(input.value, 4)},
                                    {"unit", input.unit},
                                    {"source", input.source},
                                    {"assumed", input.assumed}});
  for (PhaseDefects const& from : page.defects) {
    bool const operation = from.phase == DefectPhase::Operation;
    json row{{"phase", say("quality.phase." + std::string(name_of(from.phase)))},
             {"removed", say.number(from.removed, 2)},
             {"escaping", operation ? "–" : say.number(from.escaping, 2)},
             {"effectiveness", from.effectiveness ? say.percent(*from.effectiveness) : "–"},
             {"effort", say.number(from.repair_hours, 1) + " " + say("unit.hours")},
             {"cost", from.repair_cost ? say.round_money(*from.repair_cost) : "–"},
             {"assumed", from.assumed}};
    words["defects"].push_back(std::move(row));
  }
  words["any_assumed"] = std::ranges::any_of(inputs, [](auto const& input) { return input.second.assumed; });
  for (RepeatedTest const& from : page.tests) {
    json row{{"key", from.test},
             {"name", from.name},
             {"level", say("test_level_name." + std::string(to_name(from.level)))},
             {"again", from.already_run},
             {"cost", std::string()},
             {"likelihood", say.percent(from.likelihood.value())}};
    if (from.already_run && from.effort.seconds != 0) row["effort"] = say.hours(from.effort);
    if (from.already_run && from.cost && from.cost->minor != 0) row["cost"] = say.money(*from.cost);
    words["tests"].push_back(std::move(row));
  }
  for (LapsedConfirmation const& from : page.confirmations) {
    std::string const title = name_in(page, FactKind::Requirement, from.requirement);
    json row{{"key", from.requirement},
             {"title", title == from.requirement ? std::string() : title},
             {"likelihood", say.percent(from.likelihood.value())},
             {"by", name_in(page, FactKind::Stakeholder, from.by)}};
    if (from.version > 0) row["version"] = from.version;
    words["confirmations"].push_back(std::move(row));
  }
  for (char const* list : {"figures", "defects", "tests", "confirmations", "assumptions"})
    words[std::string("any_") + list] = !words[list].empty();
  return words;
}

json risk_move_words(ImpactPage const& page, Wording const& say) {
  json rows = json::array();
  std::vector<RiskMove> moves;
  for (RiskRow const& from : page.risks) {
    moves.push_back(from.move);
    rows.push_back({{"key", from.move.risk},
                    {"title", from.title},
                    {"owner", from.owner},
                    {"opportunity", from.sign == RiskEffect::Opportunity},
                    {"likelihood", say.percent(from.move.touch.likelihood)},
                    {"before", probability_and_score(from.move.before, from.level_before, say)},
                    {"after", probability_and_score(from.move.after, from.level_after, say)},
                    {"rate_again", from.move.rate_again},
                    {"moves", from.move.changes_cell()},
                    {"because", from.move.touch.because},
                    {"shared", from.shared_with_client}});
  }
  json words{{"any", !rows.empty()}, {"rows", std::move(rows)}};
  if (!moves.empty()) words["matrix"] = matrix_svg(page.reg, moves, say, false);
  return words;
}

json people_words(ImpactPage const& page, Wording const& say) {
  json groups = json::array();
  for (Part const part : {Part::Approve, Part::Consult, Part::Inform}) {
    json rows = json::array();
    for (Notice const& notice : page.notices.items) {
      if (notice.part != part) continue;
      json row{{"name", notice.to.name},
               {"organisation", notice.to.organisation},
               {"role", notice.to.role},
               {"side", say("side." + std::string(to_name(notice.to.side)))},
               {"channel", say.or_verbatim("channel." + notice.to.channel, notice.to.channel)},
               {"language", say.or_verbatim("language_name." + notice.to.language, notice.to.language)},
               {"client_copy", notice.copy == Copy::Client},
               {"because", to_texts(notice.because, say.language())},
               {"subject", notice.subject},
               {"text", notice.text}};
      if (notice.answer_by) row["answer_by"] = say.date(*notice.answer_by);
      rows.push_back(std::move(row));
    }
    if (!rows.empty())
      groups.push_back({{"title", say("part." + std::string(name_of(part)))}, {"rows", std::move(rows)}});
  }

  ClientView shared;
  shared.choices = page.notices.choices;
  shared.answer_by = page.notices.answer_by;
  shared.milestones = {
      {MilestoneKind::Project, {}, page.finish_before, page.finish_after, {}, page.finish_delta, {}}};
  json const answers = client_words(shared, say);
  bool const of_contract = std::ranges::any_of(page.costs, [](PricedLine const& row) {
    return row.line.category == CostCategory::Penalty || row.line.category == CostCategory::Bonus;
  });
  return {{"any", !groups.empty()},
          {"price_note", of_contract ? say("choice.price_note") : std::string()},
          {"groups", std::move(groups)},
          {"choices", answers["choices"]},
          {"answer_by", answers["answer_by"]},
          {"answer_rule", answers["answer_rule"]}};
}

}  // namespace rapport
