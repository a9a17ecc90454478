// Topological numbering: levels one after the other, the order of the facts within a level.

#include <algorithm>
#include <numeric>

#include "model/key_index.h"
#include "network/builder.h"

namespace rapport {
namespace {

/// Levels of effort and summaries take their dates from others and drive nothing: they stand last.
bool spans(ActivityKind kind) { return kind == ActivityKind::LevelOfEffort || kind == ActivityKind::Summary; }

struct Graph {
  std::vector<std::uint32_t> first, successor;  // of each row
};

Graph successors(NetworkBuilder::Draft const& draft) {
  std::size_t const n = draft.names.key.size();
  Graph graph{std::vector<std::uint32_t>(n + 1, 0), {}};
  auto const& kind = draft.values.kind;
  auto const orders = [&](NetworkBuilder::Link const& link) {
    return !spans(kind[link.predecessor]) && !spans(kind[link.successor]);
  };
  for (auto const& link : draft.links) graph.first[link.predecessor + 1] += orders(link);
  std::partial_sum(graph.first.begin(), graph.first.end(), graph.first.begin());
  graph.successor.resize(graph.first[n]);
  auto next = graph.first;
  for (auto const& link : draft.links) {
    if (orders(link)) graph.successor[next[link.predecessor]++] = link.successor;
  }
  return graph;
}

template <class Column>
void permute(Column& column, std::vector<std::uint32_t> const& order) {
  Column sorted;
  sorted.reserve(order.size());
  for (auto const row : order) sorted.push_back(std::move(column[row]));
  column = std::move(sorted);
}

/// Rows in topological order. Errors: CycleError.
std::vector<std::uint32_t> topological_order(NetworkBuilder::Draft const& draft) {
  auto const n = static_cast<std::uint32_t>(draft.names.key.size());
  auto const graph = successors(draft);
  std::vector<std::uint32_t> waiting(n, 0), order, next_level;
  for (auto const successor : graph.successor) ++waiting[successor];
  order.reserve(n);
  std::uint32_t spanning = 0;
  for (std::uint32_t row = 0; row < n; ++row) {
    if (spans(draft.values.kind[row]))
      ++spanning;
    else if (waiting[row] == 0)
      order.push_back(row);
  }
  for (std::size_t begin = 0; begin < order.size();) {
    std::size_t const end = order.size();
    next_level.clear();
    for (; begin < end; ++begin) {
      for (auto k = graph.first[order[begin]]; k < graph.first[order[begin] + 1]; ++k) {
        if (--waiting[graph.successor[k]] == 0) next_level.push_back(graph.successor[k]);
      }
    }
    std::sort(next_level.begin(), next_level.end());
    order.insert(order.end(), next_level.begin(), next_level.end());
  }
  if (order.size() + spanning < n) {
    std::vector<std::uint32_t> left;
    for (std::uint32_t row = 0; row < n; ++row) {
      if (waiting[row] > 0) left.push_back(row);
    }
    throw CycleError(shortest_loop(draft, left));
  }
  for (std::uint32_t row = 0; row < n; ++row) {
    if (spans(draft.values.kind[row])) order.push_back(row);
  }
  return order;
}

NetworkLinks sorted_links(NetworkBuilder::Draft& draft, std::vector<std::uint32_t> const& position) {
  std::size_t const n = position.size(), m = draft.links.size();
  for (auto& link : draft.links) {
    link.predecessor = position[link.predecessor];
    link.successor = position[link.successor];
  }
  NetworkLinks links;
  links.first_in.assign(n + 1, 0);
  links.first_out.assign(n + 1, 0);
  for (auto const& link : draft.links) {
    ++links.first_in[link.successor + 1];
    ++links.first_out[link.predecessor + 1];
  }
  std::partial_sum(links.first_in.begin(), links.first_in.end(), links.first_in.begin());
  std::partial_sum(links.first_out.begin(), links.first_out.end(), links.first_out.begin());
  links.out.resize(m), links.predecessor.resize(m), links.successor.resize(m), links.type.resize(m);
  links.lag_kind.resize(m), links.lag.resize(m), links.of_summary.resize(m);
  auto next_in = links.first_in;
  for (auto const& link : draft.links) {
    auto const k = next_in[link.successor]++;
    links.predecessor[k] = link.predecessor, links.successor[k] = link.successor;
    links.type[k] = link.type, links.lag_kind[k] = link.lag_kind, links.lag[k] = link.lag;
    links.of_summary[k] = link.of_summary;
  }
  auto next_out = links.first_out;
  for (std::uint32_t k = 0; k < m; ++k) links.out[next_out[links.predecessor[k]]++] = k;
  NetworkBuilder::say_words(links);
  return links;
}

}  // namespace

void NetworkBuilder::say_words(NetworkLinks& links) {
  constexpr std::size_t most = std::size_t{1} << 27;  // five bits of a word say what the link is
  if (links.first_out.size() > most)
    throw InvalidInput("the plan has more than " + std::to_string(most - 1) +
                       " activities; schedule its projects apart");
  constexpr std::size_t most_links = (std::size_t{1} << link_bits) - 1;
  if (links.type.size() > most_links)
    throw InvalidInput("the plan has more than " + std::to_string(most_links) +
                       " links; schedule its projects apart");
  links.out_word.resize(links.out.size()), links.out_lag.resize(links.out.size());
  for (std::size_t o = 0; o < links.out.size(); ++o) {
    links.out_word[o] = links.word_of(links.out[o]);
    links.out_lag[o] = links.lag[links.out[o]];
  }
}

Network NetworkBuilder::number(Draft draft) {
  auto const order = topological_order(draft);
  auto const n = static_cast<std::uint32_t>(order.size());
  std::vector<std::uint32_t> position(n);
  for (std::uint32_t i = 0; i < n; ++i) position[order[i]] = i;

  Network network{Network::Uninitialised{}};
  network.links_ = std::make_shared<NetworkLinks const>(sorted_links(draft, position));

  for_each_column(draft.values, [&](auto& column) { permute(column, order); });
  permute(draft.names.key, order), permute(draft.names.name, order), permute(draft.names.source_id, order);
  auto index = std::make_shared<KeyIndex>();
  index->reserve(n);
  for (std::uint32_t i = 0; i < n; ++i) index->add(i, draft.names.key);
  draft.names.index = std::move(index);

  DrivingAssignments assignments;
  for (auto& assignment : draft.assignments) assignment.activity = position[assignment.activity];
  std::stable_sort(draft.assignments.begin(), draft.assignments.end(),
                   [](auto const& a, auto const& b) { return a.activity < b.activity; });
  assignments.first.assign(n + 1, 0);
  for (auto const& assignment : draft.assignments) {
    ++assignments.first[assignment.activity + 1];
    assignments.calendar.push_back(assignment.calendar);
    assignments.duration.push_back(assignment.duration);
    assignments.remaining.push_back(assignment.remaining);
    assignments.lag.push_back(assignment.lag);
    assignments.of_duration.push_back(assignment.of_duration);
    assignments.of_remaining.push_back(assignment.of_remaining);
  }
  std::partial_sum(assignments.first.begin(), assignments.first.end(), assignments.first.begin());

  SummaryMembers members;
  for (auto& entry : draft.members) entry = {position[entry.summary], position[entry.member]};
  std::sort(draft.members.begin(), draft.members.end(), [](auto const& a, auto const& b) {
    return a.summary != b.summary ? a.summary < b.summary : a.member < b.member;
  });
  members.first.assign(n + 1, 0);
  for (auto const& entry : draft.members) {
    ++members.first[entry.summary + 1];
    members.member.push_back(entry.member);
  }
  std::partial_sum(members.first.begin(), members.first.end(), members.first.begin());

  network.names_ = std::make_shared<ActivityNames const>(std::move(draft.names));
  network.values_ = std::make_shared<ActivityValues const>(std::move(draft.values));
  network.assignments_ = std::make_shared<DrivingAssignments const>(std::move(assignments));
  network.members_ = std::make_shared<SummaryMembers const>(std::move(members));
  network.plan_ = std::move(draft.plan);
  network.kept_ = std::make_shared<Network::Kept>();
  network.kept_->values = network.values_;
  return network;
}

NetworkBuilder::Draft NetworkBuilder::draft(Network const& network) {
  Draft draft{*network.names_, *network.values_, {}, {}, {}, network.plan_};
  draft.names.index.reset();
  auto const& links = network.links();
  for (std::uint32_t k = 0; k < network.link_count(); ++k) {
    draft.links.push_back({links.predecessor[k], links.successor[k], links.type[k], links.lag_kind[k],
                           links.lag[k], links.of_summary[k]});
  }
  auto const& assignments = network.assignments();
  auto const& members = network.members();
  for (std::uint32_t i = 0; i < network.activity_count(); ++i) {
    for (auto k = assignments.first[i]; k < assignments.first[i + 1]; ++k) {
      draft.assignments.push_back({i, assignments.calendar[k], assignments.duration[k],
                                   assignments.remaining[k], assignments.lag[k], assignments.of_duration[k],
                                   assignments.of_remaining[k]});
    }
    for (auto k = members.first[i]; k < members.first[i + 1]; ++k) {
      draft.members.push_back({i, members.member[k]});
    }
  }
  return draft;
}

std::vector<std::string> shortest_loop(NetworkBuilder::Draft const& draft,
                                       std::vector<std::uint32_t> const& rows) {
  // A search from each row costs their square; some hundreds find a short loop in real plans.
  constexpr std::size_t most_searches = 500;
  auto const graph = successors(draft);
  auto const n = draft.names.key.size();
  constexpr std::uint32_t unseen = UINT32_MAX;
  std::vector<std::uint32_t> best, from(n, unseen), queue;
  std::vector<std::uint8_t> left(n, 0);
  for (auto const row : rows) left[row] = 1;
  std::size_t searches = 0;
  for (auto const start : rows) {
    if (++searches > most_searches && !best.empty()) break;
    queue.assign(1, start);
    bool closed = false;
    for (std::size_t q = 0; q < queue.size() && !closed; ++q) {
      for (auto k = graph.first[queue[q]]; k < graph.first[queue[q] + 1] && !closed; ++k) {
        auto const next = graph.successor[k];
        if (next == start) {
          std::vector<std::uint32_t> loop;
          for (auto row = queue[q]; row != start; row = from[row]) loop.push_back(row);
          loop.push_back(start);
          std::reverse(loop.begin(), loop.end());
          if (best.empty() || loop.size() < best.size()) best = std::move(loop);
          closed = true;
        } else if (left[next] && from[next] == unseen) {
          from[next] = queue[q];
          queue.push_back(next);
        }
      }
    }
    for (auto const row : queue) from[row] = unseen;
    // Rows behind a loop but not on one are of no further use.
    if (!closed) left[start] = 0;
    if (best.size() == 1) break;
  }
  std::vector<std::string> keys;
  for (auto const row : best) keys.push_back(draft.names.key[row]);
  return keys;
}

}  // namespace rapport
