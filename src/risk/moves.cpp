#include <algorithm>
#include <map>

#include "rapport/model/names.h"
#include "rapport/risk/register.h"

namespace rapport {
namespace {

/// Expected value of figure × factor, the factor holding with `likelihood`.
double expected(double figure, double likelihood, double factor) {
  return std::min(1.0, figure * (1 + likelihood * (factor - 1)));
}

void check(RiskTouch const& touch) {
  auto const refuse = [&](std::string const& what) {
    throw InvalidInput("touch of risk " + touch.risk + ": " + what);
  };
  if (!(touch.likelihood >= 0 && touch.likelihood <= 1)) refuse("the likelihood must lie in 0 … 1");
  auto const bad = [](std::optional<double> factor) { return factor && !(*factor >= 0); };
  if (bad(touch.probability_factor) || bad(touch.impact_factor)) refuse("a factor must not be negative");
}

RiskRating moved_rating(RiskRating rating, RiskTouch const& touch) {
  double const factor = touch.probability_factor.value_or(1);
  rating.probability = Probability(expected(rating.probability.value(), touch.likelihood, factor));
  for (RiskImpact& impact : rating.impacts)
    impact.size = expected(impact.size, touch.likelihood, touch.impact_factor.value_or(1));
  return rating;
}

RiskRating const& rating_in_force(Risk const& risk) { return risk.residual ? *risk.residual : risk.rating; }

void join(RiskTouch& held, RiskTouch const& more) {
  held.likelihood = std::max(held.likelihood, more.likelihood);
  auto const product = [](std::optional<double> a, std::optional<double> b) {
    return a && b ? std::optional(*a * *b) : (a ? a : b);
  };
  held.probability_factor = product(held.probability_factor, more.probability_factor);
  held.impact_factor = product(held.impact_factor, more.impact_factor);
  if (!more.because.empty()) held.because += (held.because.empty() ? "" : "; ") + more.because;
}

struct Moving {
  RiskTouch touch;
  RiskRating rating;
  bool unknown = false;
};

}  // namespace

std::vector<RiskMove> moved(RiskRegister const& reg, std::span<RiskTouch const> touched) {
  std::map<std::string_view, RiskEntry const*> known;
  for (RiskEntry const& entry : reg.entries) known.emplace(entry.risk.key, &entry);

  std::map<std::string_view, Moving> moving;
  for (RiskTouch const& touch : touched) {
    check(touch);
    auto const found = known.find(touch.risk);
    if (found == known.end()) (void)reg.at(touch.risk);
    RiskEntry const& entry = *found->second;
    if (entry.risk.status != RiskStatus::Open) continue;
    auto [place, first] = moving.try_emplace(found->first, Moving{touch, rating_in_force(entry.risk), false});
    if (!first) join(place->second.touch, touch);
    place->second.rating = moved_rating(std::move(place->second.rating), touch);
    place->second.unknown |= !touch.probability_factor && !touch.impact_factor;
  }

  std::vector<RiskMove> moves;
  for (RiskEntry const& entry : reg.entries) {
    auto const found = moving.find(entry.risk.key);
    if (found == moving.end()) continue;
    RiskMove move;
    move.risk = entry.risk.key;
    move.touch = found->second.touch;
    move.before = entry.residual ? *entry.residual : entry.score;
    move.after = score_rating(found->second.rating, reg.matrix);
    move.rate_again = found->second.unknown;
    moves.push_back(std::move(move));
  }
  return moves;
}

Table moves_table(RiskRegister const& reg, std::span<RiskMove const> moves) {
  std::vector<std::string> risk, title, sign, level_before, level_after, because;
  std::vector<double> likelihood, probability_before, probability_after, score_before, score_after;
  std::vector<bool> rate_again;
  auto const level_name = [&](std::size_t level) { return reg.matrix.scale().levels.at(level).name; };
  for (RiskMove const& move : moves) {
    Risk const& fact = reg.at(move.risk).risk;
    risk.push_back(move.risk);
    title.push_back(fact.title);
    sign.emplace_back(to_name(fact.sign));
    likelihood.push_back(move.touch.likelihood);
    probability_before.push_back(move.before.probability.value());
    probability_after.push_back(move.after.probability.value());
    score_before.push_back(move.before.score);
    score_after.push_back(move.after.score);
    level_before.push_back(level_name(move.before.level));
    level_after.push_back(level_name(move.after.level));
    rate_again.push_back(move.rate_again);
    because.push_back(move.touch.because);
  }
  Table table("risk_moves");
  table.add("risk", risk).add("title", title).add("sign", sign).add("likelihood", likelihood);
  table.add("probability_before", probability_before).add("probability_after", probability_after);
  table.add("score_before", score_before).add("score_after", score_after);
  table.add("level_before", level_before).add("level_after", level_after);
  table.add("rate_again", rate_again).add("because", because);
  return table;
}

}  // namespace rapport
