// Loops by Boost.Graph's strong components; the smallest cut by implicit hitting sets: solve for the loops
// known so far, look for one that the answer leaves whole, add it, solve again. Each answer is a lower bound.

#include "rapport/network/loops.h"

#include <algorithm>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>
#include <optional>
#include <set>

#include "network/builder.h"

namespace rapport {
namespace {

struct Arc {
  std::uint32_t from, to, link;  ///< Rows of activities; row of the link in the facts.
};

std::vector<Arc> ordering_arcs(Project const& project) {
  auto const& facts = project.facts();
  std::vector<std::vector<std::uint32_t>> below(facts.activities.size());
  std::size_t microsoft = 0;
  for (auto const& part : facts.subprojects) microsoft += part.rules.tool == Tool::Microsoft;
  bool const spread = microsoft > 0;
  if (spread)
    for (auto const& entry : members_of(facts)) below[entry.summary].push_back(entry.member);
  auto const ends = [&](std::string const& key, bool first) -> std::vector<std::uint32_t> {
    auto const row = static_cast<std::uint32_t>(project.index_of(FactKind::Activity, key).value());
    auto const& activity = facts.activities[row];
    if (activity.kind == ActivityKind::LevelOfEffort) return {};
    if (activity.kind == ActivityKind::Summary && !(first && keeps_its_dates(activity))) return below[row];
    return {row};
  };
  std::vector<Arc> arcs;
  for (std::uint32_t row = 0; row < facts.links.size(); ++row) {
    auto const to = ends(facts.links[row].successor, false);
    for (auto const from : ends(facts.links[row].predecessor, true))
      for (auto const each : to)
        if (facts.activities[each].kind != ActivityKind::LevelOfEffort) arcs.push_back({from, each, row});
  }
  return arcs;
}

/// One component, its activities and links numbered from 0.
class Tangle {
 public:
  Tangle(std::uint32_t activities, std::vector<Arc> arcs, std::uint32_t links)
      : arcs_(std::move(arcs)), links_(links), out_(activities) {
    for (std::uint32_t k = 0; k < arcs_.size(); ++k) out_[arcs_[k].from].push_back(k);
  }

  using LoopArcs = std::vector<std::uint32_t>;

  /// The arcs of a shortest loop that avoids the cut links.
  [[nodiscard]] std::optional<LoopArcs> shortest(std::vector<std::uint8_t> const& cut) const {
    auto const left = still_looping(cut);
    std::optional<LoopArcs> best;
    constexpr std::uint32_t unseen = UINT32_MAX;
    std::vector<std::uint32_t> by(out_.size(), unseen), depth(out_.size());
    for (std::uint32_t start = 0; start < out_.size(); ++start) {
      if (!left[start]) continue;
      std::vector<std::uint32_t> queue{start};
      depth[start] = 0;
      bool closed = false;
      for (std::size_t q = 0; q < queue.size() && !closed; ++q) {
        if (best && depth[queue[q]] + 1 >= best->size()) break;
        for (auto const k : out_[queue[q]]) {
          auto const to = arcs_[k].to;
          if (cut[arcs_[k].link] || !left[to]) continue;
          if (to == start) {
            LoopArcs loop{k};
            for (auto at = queue[q]; at != start; at = arcs_[by[at]].from) loop.push_back(by[at]);
            std::reverse(loop.begin(), loop.end());
            best = std::move(loop);
            closed = true;
            break;
          }
          if (by[to] != unseen) continue;
          by[to] = k, depth[to] = depth[queue[q]] + 1;
          queue.push_back(to);
        }
      }
      for (auto const row : queue) by[row] = unseen;
      if (best && best->size() == 1) break;
    }
    return best;
  }

  [[nodiscard]] std::vector<std::uint32_t> links_of(LoopArcs const& loop) const {
    std::set<std::uint32_t> links;
    for (auto const k : loop) links.insert(arcs_[k].link);
    return {links.begin(), links.end()};
  }
  [[nodiscard]] Arc const& arc(std::uint32_t k) const { return arcs_[k]; }
  [[nodiscard]] std::uint32_t links() const { return links_; }

  /// Takes back what a cut can spare.
  void spare(std::vector<std::uint8_t>& cut) const {
    for (std::uint32_t link = 0; link < links_; ++link) {
      if (!cut[link]) continue;
      cut[link] = 0;
      auto const left = still_looping(cut);
      if (std::any_of(left.begin(), left.end(), [](auto each) { return each != 0; })) cut[link] = 1;
    }
  }

 private:
  /// Activities that neither begin nor end: only these can lie on a loop.
  [[nodiscard]] std::vector<std::uint8_t> still_looping(std::vector<std::uint8_t> const& cut) const {
    std::vector<std::uint8_t> left(out_.size(), 1);
    for (bool const forward : {true, false}) {
      std::vector<std::uint32_t> waits(out_.size()), queue;
      auto const head = [&](Arc const& arc) { return forward ? arc.to : arc.from; };
      auto const tail = [&](Arc const& arc) { return forward ? arc.from : arc.to; };
      std::vector<std::vector<std::uint32_t>> next(out_.size());
      for (auto const& arc : arcs_)
        if (!cut[arc.link] && left[arc.from] && left[arc.to]) {
          ++waits[head(arc)];
          next[tail(arc)].push_back(head(arc));
        }
      for (std::uint32_t i = 0; i < out_.size(); ++i)
        if (left[i] && waits[i] == 0) queue.push_back(i);
      for (std::size_t q = 0; q < queue.size(); ++q) {
        left[queue[q]] = 0;
        for (auto const to : next[queue[q]])
          if (--waits[to] == 0) queue.push_back(to);
      }
    }
    return left;
  }

  std::vector<Arc> arcs_;
  std::uint32_t links_;
  std::vector<std::vector<std::uint32_t>> out_;
};

/// The fewest links that hit every loop collected, by branch and bound.
class HittingSet {
 public:
  explicit HittingSet(std::size_t most_steps) : left_(most_steps) {}

  /// Nothing when the steps ran out.
  std::optional<std::vector<std::uint32_t>> solve(std::vector<std::vector<std::uint32_t>> const& loops,
                                                  std::uint32_t links, std::size_t at_least) {
    loops_ = &loops;
    chosen_.assign(links, 0);
    // One more link at a time: the first size that succeeds is the smallest.
    for (std::size_t size = at_least;; ++size) {
      picked_.clear();
      if (hit(size)) return picked_;
      if (left_ == 0) return std::nullopt;
    }
  }

 private:
  bool hit(std::size_t room) {
    if (left_ == 0) return false;
    --left_;
    // Loops without a link in common need one each.
    std::vector<std::uint32_t> const* branch = nullptr;
    std::set<std::uint32_t> used;
    std::size_t apart = 0;
    for (auto const& loop : *loops_) {
      if (std::any_of(loop.begin(), loop.end(), [&](auto link) { return chosen_[link] != 0; })) continue;
      if (!branch || loop.size() < branch->size()) branch = &loop;
      if (std::none_of(loop.begin(), loop.end(), [&](auto link) { return used.contains(link); })) {
        ++apart;
        used.insert(loop.begin(), loop.end());
      }
    }
    if (!branch) return true;
    if (apart > room) return false;
    for (auto const link : *branch) {
      chosen_[link] = 1;
      picked_.push_back(link);
      if (hit(room - 1)) return true;
      picked_.pop_back();
      chosen_[link] = 0;
    }
    return false;
  }

  std::size_t left_;
  std::vector<std::vector<std::uint32_t>> const* loops_ = nullptr;
  std::vector<std::uint8_t> chosen_;
  std::vector<std::uint32_t> picked_;
};

struct Cut {
  std::vector<std::uint32_t> links;
  std::size_t at_least = 0;
};

Cut smallest_cut(Tangle const& tangle, LoopOptions const& options) {
  std::vector<std::vector<std::uint32_t>> loops;
  HittingSet solver(options.most_steps);
  Cut best;
  std::vector<std::uint8_t> cut(tangle.links(), 0);
  for (bool searching = true; searching;) {
    // Loops that share no link with one another go in together: each may need a cut of its own.
    auto more = cut;
    bool whole = true;
    while (auto const loop = tangle.shortest(more)) {
      whole = false;
      loops.push_back(tangle.links_of(*loop));
      for (auto const link : loops.back()) more[link] = 1;
    }
    if (whole) break;
    searching = loops.size() < options.most_loops;
    auto const found = searching ? solver.solve(loops, tangle.links(), best.at_least) : std::nullopt;
    if (!found) {
      // Not to the end: `more` cuts every loop; take back what it can spare.
      tangle.spare(more);
      for (std::uint32_t link = 0; link < tangle.links(); ++link)
        if (more[link]) best.links.push_back(link);
      best.at_least = std::max<std::size_t>(best.at_least, 1);
      return best;
    }
    best.at_least = found->size();
    std::fill(cut.begin(), cut.end(), std::uint8_t{0});
    for (auto const link : *found) cut[link] = 1;
  }
  for (std::uint32_t link = 0; link < tangle.links(); ++link)
    if (cut[link]) best.links.push_back(link);
  return best;
}

}  // namespace

Loops find_loops(Project const& project, LoopOptions const& options) {
  auto const& facts = project.facts();
  auto const arcs = ordering_arcs(project);
  std::size_t const n = facts.activities.size();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;
  for (auto const& arc : arcs) edges.emplace_back(arc.from, arc.to);
  using Graph = boost::compressed_sparse_row_graph<boost::directedS>;
  Graph const graph(boost::edges_are_unsorted_multi_pass, edges.begin(), edges.end(), n);
  std::vector<std::uint32_t> component(n);
  auto const count = n == 0 ? 0U
                            : boost::strong_components(
                                  graph, boost::make_iterator_property_map(
                                             component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::vector<std::uint32_t>> members(count);
  for (std::uint32_t row = 0; row < n; ++row) members[component[row]].push_back(row);
  std::vector<std::vector<Arc>> inside(count);
  for (auto const& arc : arcs)
    if (component[arc.from] == component[arc.to]) inside[component[arc.from]].push_back(arc);
  std::vector<std::uint32_t> order;
  for (std::uint32_t c = 0; c < count; ++c)
    if (!inside[c].empty()) order.push_back(c);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return members[a][0] < members[b][0]; });

  Loops found;
  for (auto const c : order) {
    std::vector<std::uint32_t> link_rows;
    for (auto const& arc : inside[c]) link_rows.push_back(arc.link);
    std::sort(link_rows.begin(), link_rows.end());
    link_rows.erase(std::unique(link_rows.begin(), link_rows.end()), link_rows.end());
    auto const number = [](std::vector<std::uint32_t> const& rows, std::uint32_t row) {
      return static_cast<std::uint32_t>(std::lower_bound(rows.begin(), rows.end(), row) - rows.begin());
    };
    std::vector<Arc> renumbered;
    for (auto const& arc : inside[c])
      renumbered.push_back(
          {number(members[c], arc.from), number(members[c], arc.to), number(link_rows, arc.link)});
    Tangle const tangle(static_cast<std::uint32_t>(members[c].size()), std::move(renumbered),
                        static_cast<std::uint32_t>(link_rows.size()));
    Loop loop;
    for (auto const row : members[c]) loop.activities.push_back(facts.activities[row].key);
    for (auto const row : link_rows) loop.links.push_back(facts.links[row].key);
    auto const shortest = tangle.shortest(std::vector<std::uint8_t>(tangle.links(), 0));
    for (auto const k : shortest.value()) loop.shortest.push_back(loop.activities[tangle.arc(k).from]);
    auto const cut = smallest_cut(tangle, options);
    for (auto const link : cut.links) loop.cut.push_back(loop.links[link]);
    loop.at_least = cut.at_least;
    found.loops.push_back(std::move(loop));
  }
  return found;
}

Table Loops::table() const {
  std::vector<std::int64_t> number, activities, links, cuts, at_least;
  std::vector<std::string> shortest, cut;
  std::vector<bool> proved;
  auto const joined = [](std::vector<std::string> const& keys, char const* between) {
    std::string text;
    for (auto const& key : keys) text += (text.empty() ? "" : between) + key;
    return text;
  };
  for (auto const& loop : loops) {
    number.push_back(static_cast<std::int64_t>(number.size() + 1));
    activities.push_back(static_cast<std::int64_t>(loop.activities.size()));
    links.push_back(static_cast<std::int64_t>(loop.links.size()));
    shortest.push_back(joined(loop.shortest, " → ") + " → " + loop.shortest.front());
    cut.push_back(joined(loop.cut, ", "));
    cuts.push_back(static_cast<std::int64_t>(loop.cut.size()));
    at_least.push_back(static_cast<std::int64_t>(loop.at_least));
    proved.push_back(loop.proved());
  }
  Table table("loops");
  table.add("loop", number).add("activities", activities).add("links", links);
  table.add("shortest", shortest).add("cut", cut).add("cut_links", cuts);
  table.add("at_least", at_least).add("proved", proved);
  return table;
}

}  // namespace rapport
