#include "impact/served_needs.h"

#include <algorithm>
#include <cmath>

namespace rapport::detail {
namespace {

/// Shares as whole numbers, so that what is divided by them is divided exactly.
std::int64_t as_weight(double share) { return std::llround(std::clamp(share, 0.0, 1e3) * 1e9); }

}  // namespace

std::uint32_t ServedNeeds::number(NodeRef const& node) {
  auto const [place, added] = index_.try_emplace(node, static_cast<std::uint32_t>(nodes_.size()));
  if (added) {
    nodes_.push_back(node);
    supports_.emplace_back();
    charges_.emplace_back();
  }
  return place->second;
}

ServedNeeds::ServedNeeds(Project const& project) : project_(project) {
  PropagationRules const rules;
  for (auto const& trace : project.facts().traces) {
    bool const supports = is_support(trace.type);
    if (!supports && trace.type != TraceType::Charges) continue;
    double const share = trace.share.value_or(rules.of(trace.type).share);
    if (supports) {
      std::uint32_t const to = number(trace.to), from = number(trace.from);
      supports_[to].push_back({from, share});
    } else if (trace.to.kind == FactKind::CostAccount) {
      std::uint32_t const from = number(trace.from), to = number(trace.to);
      charges_[from].push_back({to, share});
    }
  }
}

std::vector<Weighted> ServedNeeds::back_from(NodeRef const& node) const {
  auto const start = index_.find(node);
  if (start == index_.end()) return {};
  // Level by level; a node that an earlier level has is not entered again, so loops end.
  std::unordered_map<std::uint32_t, double> seen = {{start->second, 1.0}};
  std::vector<std::uint32_t> level = {start->second}, next;
  std::vector<std::pair<std::uint32_t, double>> found;
  while (!level.empty()) {
    std::unordered_map<std::uint32_t, double> arriving;
    next.clear();
    for (auto const at : level)
      for (auto const& support : supports_[at]) {
        if (seen.contains(support.from)) continue;
        if (arriving.try_emplace(support.from, 0).second) next.push_back(support.from);
        arriving[support.from] += seen[at] * support.share;
      }
    level.clear();
    for (auto const at : next) {
      seen[at] = arriving[at];
      if (nodes_[at].kind == FactKind::Requirement)
        found.emplace_back(at, arriving[at]);
      else
        level.push_back(at);
    }
  }
  std::vector<Weighted> needs;
  for (auto const& [at, share] : found)
    if (auto const row = project_.index_of(FactKind::Requirement, nodes_[at].key))
      needs.push_back({static_cast<std::uint32_t>(*row), as_weight(share)});
  std::sort(needs.begin(), needs.end(), [](auto const& a, auto const& b) { return a.row < b.row; });
  return needs;
}

std::vector<Weighted> ServedNeeds::of(Activity const& activity) const {
  auto needs = back_from({FactKind::Activity, activity.key});
  std::string branch = activity.wbs;
  for (std::size_t hop = 0; needs.empty() && !branch.empty() && hop <= project_.facts().wbs.size(); ++hop) {
    needs = back_from({FactKind::WbsNode, branch});
    auto const* node = project_.find<WbsNode>(branch);
    branch = node ? node->parent : "";
  }
  return needs;
}

std::vector<Weighted> ServedNeeds::accounts_of(Activity const& activity) const {
  auto const start = index_.find({FactKind::Activity, activity.key});
  std::vector<Weighted> accounts;
  if (start == index_.end()) return accounts;
  for (auto const& charge : charges_[start->second])
    if (auto const row = project_.index_of(FactKind::CostAccount, nodes_[charge.from].key))
      accounts.push_back({static_cast<std::uint32_t>(*row), as_weight(charge.share)});
  return accounts;
}

}  // namespace rapport::detail
