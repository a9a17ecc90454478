#include "impact/graph.h"

#include <algorithm>

namespace rapport::detail {
namespace {

struct Arc {
  std::uint32_t from = 0;
  Edge edge;
};

/// Turns (key, value) pairs into offsets and values sorted by key; stable.
template <class Item, class Key>
std::vector<std::uint32_t> bucket(std::vector<Item>& items, std::size_t keys, Key key) {
  std::stable_sort(items.begin(), items.end(), [&](Item const& a, Item const& b) { return key(a) < key(b); });
  std::vector<std::uint32_t> first(keys + 1, 0);
  for (auto const& item : items) ++first[key(item) + 1];
  for (std::size_t i = 0; i < keys; ++i) first[i + 1] += first[i];
  return first;
}

}  // namespace

std::uint32_t TraceGraph::number(NodeRef const& node) {
  auto const [place, added] = index_.try_emplace(node, static_cast<std::uint32_t>(nodes_.size()));
  if (added) nodes_.push_back(node);
  return place->second;
}

std::optional<std::uint32_t> TraceGraph::find(NodeRef const& node) const {
  auto const place = index_.find(node);
  if (place == index_.end()) return std::nullopt;
  return place->second;
}

TraceGraph::TraceGraph(Project const& project, PropagationRules const& rules) {
  auto const& facts = project.facts();
  for (auto const& requirement : facts.requirements) number({FactKind::Requirement, requirement.key});
  std::vector<Arc> arcs;
  arcs.reserve(facts.traces.size() + facts.responsibilities.size());
  for (std::size_t t = 0; t < facts.traces.size(); ++t) {
    auto const& trace = facts.traces[t];
    auto const& rule = rules.of(trace.type);
    std::uint32_t const from = number(trace.from), to = number(trace.to);
    auto const id = static_cast<std::uint32_t>(t);
    double const likelihood = trace.likelihood.value_or(rule.likelihood).value();
    double const share = trace.share.value_or(rule.share);
    arcs.push_back({from, {to, id, likelihood, share, false, is_support(trace.type)}});
    // A type that passes alike both ways is symmetric: what the trace states holds both ways too.
    bool const symmetric = rule.likelihood == rule.upstream && rule.share == rule.upstream_share;
    double const back = symmetric ? likelihood : rule.upstream.value();
    if (back > 0)
      arcs.push_back({to, {from, id, back, symmetric ? share : rule.upstream_share, true, false}});
  }

  auto const say = [&](std::uint32_t from, NodeRef const& to, double share) {
    arcs.push_back({from, {number(to), Edge::none, 1, share, false, false}});
  };
  // Branches and summaries hand a change on to the activities they hold.
  std::unordered_map<std::string, std::string> parent;
  for (auto const& branch : facts.wbs) parent[branch.key] = branch.parent;
  auto const traced = [&](FactKind kind, std::string const& key) { return find({kind, key}); };
  if (std::any_of(nodes_.begin(), nodes_.end(), [](NodeRef const& n) {
        return n.kind == FactKind::WbsNode || n.kind == FactKind::Activity;
      })) {
    std::unordered_map<std::string, std::uint32_t> branches;  // WBS key → node that stands for it
    for (auto const& branch : facts.wbs)
      if (auto const node = traced(FactKind::WbsNode, branch.key)) branches.emplace(branch.key, *node);
    for (auto const& activity : facts.activities)
      if (activity.kind == ActivityKind::Summary)
        if (auto const node = traced(FactKind::Activity, activity.key)) branches.emplace(activity.wbs, *node);
    for (auto const& activity : facts.activities) {
      if (branches.empty() || activity.kind == ActivityKind::Summary) continue;
      std::string at = activity.wbs;
      for (std::size_t hop = 0; !at.empty() && hop <= facts.wbs.size(); ++hop) {
        if (auto const branch = branches.find(at); branch != branches.end())
          say(branch->second, {FactKind::Activity, activity.key}, 1);
        auto const up = parent.find(at);
        if (up == parent.end()) break;
        at = up->second;
      }
    }
  }
  // People: who answers for a node, and who owns it.
  for (auto const& responsibility : facts.responsibilities)
    say(number(responsibility.node), {FactKind::Stakeholder, responsibility.stakeholder}, 0);
  auto const owned = [&](FactKind kind, std::string const& key, std::string const& owner) {
    if (!owner.empty()) say(number({kind, key}), {FactKind::Stakeholder, owner}, 0);
  };
  for (auto const& requirement : facts.requirements)
    owned(FactKind::Requirement, requirement.key, requirement.owner);
  for (auto const& deliverable : facts.deliverables)
    owned(FactKind::Deliverable, deliverable.key, deliverable.owner);
  for (auto const& risk : facts.risks) owned(FactKind::Risk, risk.key, risk.owner);

  first_ = bucket(arcs, nodes_.size(), [](Arc const& arc) { return arc.from; });
  edges_.reserve(arcs.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> supports;  // supported, supporter
  for (auto const& arc : arcs) {
    edges_.push_back(arc.edge);
    if (arc.edge.supports) supports.emplace_back(arc.edge.to, arc.from);
  }
  first_supporter_ = bucket(supports, nodes_.size(), [](auto const& pair) { return pair.first; });
  supporters_.reserve(supports.size());
  for (auto const& [supported, supporter] : supports) supporters_.push_back(supporter);
}

}  // namespace rapport::detail
