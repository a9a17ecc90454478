#include <algorithm>

#include "notice/wording.h"
#include "rapport/model/names.h"
#include "rapport/report/report.h"
#include "report/fill.h"
#include "report/matrix_svg.h"

namespace rapport {
namespace {

using nlohmann::json;

json row_of(RiskEntry const& entry, RiskMatrix const& matrix, Wording const& say) {
  auto const& [risk, score, residual] = entry;
  auto const& levels = matrix.scale().levels;
  auto const level_name = [&](RiskScore const& of) {
    std::string const& name = levels.at(of.level).name;
    return say.or_verbatim("level." + name, name);
  };
  json row{
      {"key", risk.key},
      {"title", risk.title},
      {"event", risk.event},
      {"owner", risk.owner},
      {"opportunity", risk.sign == RiskEffect::Opportunity},
      {"shared", risk.shared_with_client},
      {"closed", risk.status == RiskStatus::Open ? std::string()
                                                 : say("risk_status." + std::string(to_name(risk.status)))},
      {"probability", say.percent(score.probability.value())},
      {"score", say.fixed(score.score, 2)},
      {"level", level_name(score)},
      {"colour", levels.at(score.level).colour},
      {"objective", score.leading ? say("objective." + std::string(to_name(*score.leading))) : std::string()},
      {"strategy", std::string()},
      {"response", std::string()},
      {"residual", std::string()}};
  if (risk.response) {
    row["strategy"] = say("strategy." + std::string(to_name(risk.response->strategy)));
    row["response"] = risk.response->text;
  }
  if (residual) {
    row["residual"] = say.fixed(residual->score, 2) + " " + level_name(*residual);
    row["residual_colour"] = levels.at(residual->level).colour;
  }
  return row;
}

json register_words(RiskRegister const& reg, Wording const& say) {
  auto const open = [](RiskEntry const& entry) { return entry.risk.status == RiskStatus::Open; };
  std::size_t const top = reg.matrix.scale().levels.size() - 1;
  auto const open_count = std::ranges::count_if(reg.entries, open);
  auto const high_count = std::ranges::count_if(
      reg.entries, [&](RiskEntry const& entry) { return open(entry) && entry.score.level == top; });

  json rows = json::array();
  for (RiskEntry const& entry : reg.entries) rows.push_back(row_of(entry, reg.matrix, say));
  return {{"any", !reg.entries.empty()},
          {"rows", std::move(rows)},
          {"matrix", matrix_svg(reg, {}, say, false)},
          {"summary", say.list({say("count.risks", {{"n", reg.entries.size()}}),
                                say("risk.open_count", {{"n", open_count}}),
                                say("risk.high_count", {{"n", high_count}})})}};
}

}  // namespace

std::string to_html(RiskRegister const& reg, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("risks.html", register_words(reg, say), say, Escape::Html);
}

std::string to_markdown(RiskRegister const& reg, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("risks.md", register_words(reg, say), say, Escape::Markdown);
}

std::string to_html_card(RiskRegister const& reg, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("risks_card.html", register_words(reg, say), say, Escape::Html);
}

std::string to_svg(RiskRegister const& reg, std::string_view language) {
  return matrix_svg(reg, {}, Wording::of(language), true);
}

}  // namespace rapport
