#include "impact/rules_used.h"

#include "rapport/model/names.h"

namespace rapport::detail {

void RulesUsed::follow(Path const& path, bool shares) {
  for (auto const& step : path) {
    if (step.via.empty()) continue;
    auto const* trace = context_.project.find<Trace>(step.via);
    if (!trace) continue;
    auto const& rule = context_.options.propagation.of(trace->type);
    auto& used = used_[static_cast<std::size_t>(trace->type)];
    // What a trace states holds against its direction where its type is symmetric (see graph.cpp).
    bool const symmetric = rule.likelihood == rule.upstream && rule.share == rule.upstream_share;
    if (step.upstream && !symmetric) {
      used[Upstream] |= rule.upstream.value() < 1;
      used[UpstreamShare] |= shares;
      continue;
    }
    used[Likelihood] |= !trace->likelihood && rule.likelihood.value() < 1;
    used[Share] |= shares && !trace->share;
  }
}

void RulesUsed::add(RulesUsed const& other) {
  for (std::size_t t = 0; t < used_.size(); ++t)
    for (std::size_t n = 0; n < used_[t].size(); ++n) used_[t][n] |= other.used_[t][n];
}

std::vector<QualityInput> RulesUsed::inputs() const {
  static auto const defaults = PropagationRules::defaults();
  std::vector<QualityInput> inputs;
  for (std::size_t t = 0; t < used_.size(); ++t) {
    auto const& rule = context_.options.propagation.by_type[t];
    std::string const type(to_name(static_cast<TraceType>(t)));
    auto const add = [&](Number number, char const* name, double value, bool is_default) {
      if (!used_[t][number]) return;
      inputs.push_back({name + type, value, "",
                        is_default ? "default of Rapport for traces that do not state it"
                                   : "propagation rules given for this assessment",
                        is_default});
    };
    auto const& standard = defaults[t];
    add(Likelihood, "likelihood along ", rule.likelihood.value(),
        !rule.given.likelihood && rule.likelihood == standard.likelihood);
    add(Share, "share redone along ", rule.share, !rule.given.share && rule.share == standard.share);
    add(Upstream, "likelihood against ", rule.upstream.value(),
        !rule.given.upstream && rule.upstream == standard.upstream);
    add(UpstreamShare, "share redone against ", rule.upstream_share,
        !rule.given.upstream_share && rule.upstream_share == standard.upstream_share);
  }
  return inputs;
}

}  // namespace rapport::detail
