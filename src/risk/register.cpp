#include "rapport/risk/register.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "rapport/model/names.h"

namespace rapport {
namespace {

bool is_open(RiskEntry const& entry) { return entry.risk.status == RiskStatus::Open; }

std::string joined(std::vector<std::string> const& words) {
  std::string text;
  for (std::string const& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

}  // namespace

RiskScore score_rating(RiskRating const& rating, RiskMatrix const& matrix) {
  constexpr std::size_t objectives = 4;
  std::array<std::optional<double>, objectives> size;
  for (RiskImpact const& impact : rating.impacts) {
    auto& held = size.at(static_cast<std::size_t>(impact.objective));
    held = std::max(held.value_or(0), impact.size);
  }

  RiskScore score;
  score.probability = rating.probability;
  score.cell.row = matrix.row_of(rating.probability);
  double leading_size = 0;
  for (std::size_t i = 0; i < objectives; ++i) {
    if (!size[i]) continue;
    ObjectiveScore part;
    part.objective = static_cast<Objective>(i);
    part.size = *size[i];
    part.cell = matrix.cell_of(rating.probability, part.size);
    // No effect at all scores nothing, whatever the smallest band is worth.
    part.score = part.size > 0 ? matrix.score(part.cell) : 0;
    part.level = part.size > 0 ? matrix.level(part.cell) : 0;
    if (part.size > 0 &&
        (!score.leading || std::tie(part.score, part.size) > std::tie(score.score, leading_size))) {
      score.leading = part.objective;
      score.cell = part.cell;
      score.score = part.score;
      score.level = part.level;
      leading_size = part.size;
    }
    score.objectives.push_back(part);
  }
  return score;
}

RiskRegister assess_risks(Project const& project, RiskMatrix const& matrix) {
  RiskRegister reg{matrix, {}};
  for (Risk const& risk : project.facts().risks) {
    RiskEntry entry{risk, score_rating(risk.rating, matrix), {}};
    if (risk.residual) entry.residual = score_rating(*risk.residual, matrix);
    reg.entries.push_back(std::move(entry));
  }
  std::ranges::sort(reg.entries, [](RiskEntry const& a, RiskEntry const& b) {
    return std::make_tuple(!is_open(a), -a.score.score, std::string_view(a.risk.key)) <
           std::make_tuple(!is_open(b), -b.score.score, std::string_view(b.risk.key));
  });
  return reg;
}

RiskEntry const& RiskRegister::at(std::string_view risk) const {
  for (RiskEntry const& entry : entries)
    if (entry.risk.key == risk) return entry;
  std::vector<std::string> keys;
  for (RiskEntry const& entry : entries) keys.push_back(entry.risk.key);
  throw NotFound("risk", std::string(risk), nearest_keys(risk, keys));
}

std::vector<OccupiedCell> RiskRegister::cells() const {
  std::map<std::pair<RiskEffect, RiskCell>, std::vector<std::string>> held;
  for (RiskEntry const& entry : entries)
    if (is_open(entry) && entry.score.leading)
      held[{entry.risk.sign, entry.score.cell}].push_back(entry.risk.key);

  std::vector<OccupiedCell> occupied;
  for (auto& [place, keys] : held) occupied.push_back({place.second, place.first, std::move(keys)});
  std::ranges::stable_sort(occupied, [&](OccupiedCell const& a, OccupiedCell const& b) {
    return std::make_tuple(a.sign, -matrix.score(a.cell)) < std::make_tuple(b.sign, -matrix.score(b.cell));
  });
  return occupied;
}

Table RiskRegister::table() const {
  using Score = std::optional<double>;
  using Text = std::optional<std::string>;
  std::vector<std::string> key, title, sign, status, category, owner, cause, event, effect, level;
  std::vector<double> probability, score;
  std::array<std::vector<Score>, 4> by_objective;
  std::vector<Score> residual_score;
  std::vector<Text> objective, strategy, response, residual_level;
  std::vector<std::optional<Instant>> review_on;
  std::vector<bool> shared;
  for (auto const& [risk, rated, residual] : entries) {
    key.push_back(risk.key);
    title.push_back(risk.title);
    sign.emplace_back(to_name(risk.sign));
    status.emplace_back(to_name(risk.status));
    category.push_back(risk.category);
    owner.push_back(risk.owner);
    cause.push_back(risk.cause);
    event.push_back(risk.event);
    effect.push_back(risk.effect);
    probability.push_back(rated.probability.value());
    for (auto& column : by_objective) column.emplace_back();
    for (ObjectiveScore const& part : rated.objectives)
      by_objective.at(static_cast<std::size_t>(part.objective)).back() = part.score;
    objective.push_back(rated.leading ? Text(to_name(*rated.leading)) : Text());
    score.push_back(rated.score);
    level.push_back(matrix.scale().levels.at(rated.level).name);
    strategy.push_back(risk.response ? Text(to_name(risk.response->strategy)) : Text());
    response.push_back(risk.response ? Text(risk.response->text) : Text());
    residual_score.push_back(residual ? Score(residual->score) : Score());
    residual_level.push_back(residual ? Text(matrix.scale().levels.at(residual->level).name) : Text());
    review_on.push_back(risk.review_on);
    shared.push_back(risk.shared_with_client);
  }
  Table table("risks");
  table.add("key", key).add("title", title).add("sign", sign).add("status", status);
  table.add("category", category).add("owner", owner);
  table.add("cause", cause).add("event", event).add("effect", effect).add("probability", probability);
  table.add("schedule", by_objective[0]).add("cost", by_objective[1]);
  table.add("quality", by_objective[2]).add("scope", by_objective[3]);
  table.add("objective", objective).add("score", score).add("level", level);
  table.add("strategy", strategy).add("response", response);
  table.add("residual_score", residual_score).add("residual_level", residual_level);
  table.add("review_on", review_on).add("shared_with_client", shared);
  return table;
}

Table RiskRegister::matrix_table() const {
  std::size_t const count = matrix.rows() * matrix.columns();
  std::vector<std::string> threats(count), opportunities(count);
  for (OccupiedCell const& occupied : cells()) {
    std::size_t const row = matrix.rows() - 1 - occupied.cell.row;
    auto& texts = occupied.sign == RiskEffect::Threat ? threats : opportunities;
    texts.at(row * matrix.columns() + occupied.cell.column) = joined(occupied.risks);
  }
  Table table = matrix.table();
  table.add("threats", threats).add("opportunities", opportunities);
  return table;
}

}  // namespace rapport
