// Which starts and finishes lead to which others, for a block of activities at a time: a bit for each.

#include "rapport/schedule/redundant_links.h"

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "network/builder.h"
#include "rapport/model/names.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

constexpr std::uint32_t block = 256;

/// Of the starts and finishes of a block.
struct Origins {
  std::array<std::uint64_t, 2 * block / 64> words{};

  void add(std::uint32_t end) { words[end / 64] |= std::uint64_t{1} << (end % 64); }
  [[nodiscard]] bool has(std::uint32_t end) const { return (words[end / 64] >> (end % 64) & 1) != 0; }
  /// All of `other` but for `end`.
  void add_but(Origins const& other, std::uint32_t end) {
    bool const had = has(end);
    *this |= other;
    if (!had) words[end / 64] &= ~(std::uint64_t{1} << (end % 64));
  }
  Origins& operator|=(Origins const& other) {
    for (std::size_t k = 0; k < words.size(); ++k) words[k] |= other.words[k];
    return *this;
  }
};

/// Its start is numbered 2 · activity, its finish one more.
std::uint32_t from_end(NetworkLinks const& links, std::uint32_t k) {
  return 2 * links.predecessor[k] + !from_start(links.type[k]);
}
std::uint32_t to_end(NetworkLinks const& links, std::uint32_t k) {
  return 2 * links.successor[k] + to_finish(links.type[k]);
}

/// The link is one of the plan's own and holds somebody.
bool counts(Pass const& pass, std::uint32_t k) {
  auto const p = pass.links.predecessor[k], s = pass.links.successor[k];
  return pass.links.of_summary[k] == 0 && !pass.spans(p) && !pass.spans(s) && !pass.inactive(p) &&
         !pass.inactive(s) && !overridden(pass, k);
}
/// Whether it has a lag that runs from an actual date, not from where the rest of the work lies.
bool has_run(Pass const& pass, std::uint32_t k) {
  return pass.links.lag[k] != 0 && pass.started(pass.links.predecessor[k]);
}
/// The end it holds lies no earlier than the end it comes from.
bool waits(Pass const& pass, std::uint32_t k) {
  return pass.links.lag[k] >= 0 && !has_run(pass, k) && counts(pass, k);
}

/// It never lies before what its links ask for: where something else places it, its links tell of the float
/// that its predecessors lack, each of them.
bool obeys_links(Pass const& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  auto const of = [&](auto holds) { return holds(a.constraint[i]) && holds(a.constraint2[i]); };
  if (pass.rules.tool == Tool::Primavera)
    return of([](ConstraintKind kind) {
      return kind != ConstraintKind::MandatoryStart && kind != ConstraintKind::MandatoryFinish;
    });
  return !pass.started(i) && is_ordinary(pass.microsoft(i)) &&
         of([](ConstraintKind kind) { return kind == ConstraintKind::None; });
}

/// Nothing but links and its calendar says where it lies.
bool lies_freely(Pass const& pass, std::uint32_t i) {
  auto const& a = pass.activity;
  return pass.plain(i) ||
         (pass.milestone(i) && !pass.started(i) && !pass.completed(i) && a.resumed[i] == no_instant &&
          a.constraint[i] == ConstraintKind::None && a.constraint2[i] == ConstraintKind::None &&
          a.deadline[i] == no_instant && a.expected_finish[i] == no_instant &&
          a.external_early_start[i] == no_instant && a.external_late_finish[i] == no_instant);
}
/// A chain may go on through the activity. A milestone of Microsoft's is moved to the next working time, on
/// the way back as well.
bool passes(Pass const& pass, std::uint32_t i) {
  bool const stays = pass.rules.tool == Tool::Primavera || (pass.plain(i) && pass.activity.duration[i] > 0);
  return stays && lies_freely(pass, i);
}
/// Microsoft's tasks may be shown to end a pause before what holds their finish.
bool passes_by_one_end(Pass const& pass, std::uint32_t i) {
  return passes(pass, i) && pass.rules.tool == Tool::Primavera;
}

/// Of two links between the same two ends `other` asks for more, or for as much and comes first.
bool outdoes(Pass const& pass, std::uint32_t other, std::uint32_t k) {
  auto const& links = pass.links;
  bool const same_ends =
      from_end(links, other) == from_end(links, k) && to_end(links, other) == to_end(links, k);
  if (other == k || !same_ends || !counts(pass, other) || has_run(pass, k) || has_run(pass, other))
    return false;
  auto const less = links.lag[k], more = links.lag[other];
  bool const comparable = links.lag_kind[k] == links.lag_kind[other] || (less <= 0 && more >= 0);
  return comparable && (more > less || (more == less && other < k));
}

/// The first link that outdoes `k` and pleases. Cost: O(links at whichever of its activities has fewer).
template <class Pleases>
std::uint32_t one_that_outdoes(Pass const& pass, std::uint32_t k, Pleases pleases) {
  auto const p = pass.links.predecessor[k], s = pass.links.successor[k];
  auto const fits = [&](std::uint32_t other) { return outdoes(pass, other, k) && pleases(other); };
  if (pass.last_in[s] - pass.first_in[s] < pass.last_out[p] - pass.first_out[p]) {
    for (auto other = pass.first_in[s]; other < pass.last_in[s]; ++other)
      if (fits(other)) return other;
  } else {
    for (auto o = pass.first_out[p]; o < pass.last_out[p]; ++o)
      if (fits(pass.links.out[o])) return pass.links.out[o];
  }
  return LinkIndex::none;
}

class Search {
 public:
  explicit Search(Pass const& pass)
      : pass_(pass),
        links_(pass.links),
        rank_(pass.activities, ActivityIndex::none),
        led_to_(pass.activities, ActivityIndex::none),
        origins_(2 * std::size_t{pass.activities}),
        waits_(pass.link_count),
        can_go_(pass.link_count),
        found_(pass.link_count) {
    for (std::uint32_t k = 0; k < pass.link_count; ++k) {
      if (!counts(pass, k)) continue;
      waits_[k] = waits(pass, k);
      can_go_[k] = links_.lag[k] <= 0 && obeys_links(pass, links_.successor[k]);
      found_[k] = one_that_outdoes(pass, k, [](std::uint32_t) { return true; }) != LinkIndex::none;
    }
  }

  /// Per link.
  std::vector<std::uint8_t> all() {
    sort_sources();
    for (block_ = 0; block_ * block < sources_.size(); ++block_) look_from_block();
    return std::move(found_);
  }

 private:
  struct Source {
    std::uint32_t activity, last;  ///< The last activity that a link of it leads to.
  };

  /// Where chains begin: what has a link that may go, and another one. Those whose links reach about equally
  /// far come together, so that few long ones do not make every block look far.
  void sort_sources() {
    for (std::uint32_t i = 0; i < pass_.activities; ++i) {
      std::uint32_t last = i, leave = 0;
      for (auto o = pass_.first_out[i]; o < pass_.last_out[i]; ++o) {
        auto const k = links_.out[o];
        leave += waits_[k] != 0 || can_go_[k] != 0;
        if (can_go_[k] != 0) last = std::max(last, links_.successor[k]);
      }
      if (leave > 1 && last > i) sources_.push_back({i, last});
    }
    std::stable_sort(sources_.begin(), sources_.end(), [](Source const& a, Source const& b) {
      return std::bit_width(a.last - a.activity) < std::bit_width(b.last - b.activity);
    });
    for (std::uint32_t rank = 0; rank < sources_.size(); ++rank) rank_[sources_[rank].activity] = rank;
  }

  [[nodiscard]] bool in_block(std::uint32_t i) const { return rank_[i] / block == block_; }
  /// The end where the link begins, among those of the block.
  [[nodiscard]] std::uint32_t origin(std::uint32_t k) const {
    return 2 * (rank_[links_.predecessor[k]] % block) + !from_start(links_.type[k]);
  }

  void look_from_block() {
    std::uint32_t first = pass_.activities, last = 0;
    for (auto rank = std::size_t{block_} * block; rank < sources_.size() && rank / block == block_; ++rank) {
      first = std::min(first, sources_[rank].activity);
      last = std::max(last, sources_[rank].last);
    }
    for (auto i = first; i <= last; ++i) look_at(i);
  }

  void look_at(std::uint32_t i) {
    auto const first = pass_.first_in[i], end = pass_.last_in[i];
    // What leads here beside each link: all that leads to where links begin, but for these ends themselves.
    Origins to_start, to_finish_alone;
    bool any = in_block(i);
    for (auto k = first; k < end; ++k) {
      auto const p = links_.predecessor[k];
      if (led_to_[p] != block_ || waits_[k] == 0) continue;
      any = true;
      auto& to = to_finish(links_.type[k]) ? to_finish_alone : to_start;
      auto const& there = origins_[from_end(links_, k)];
      if (in_block(p))
        to.add_but(there, origin(k));
      else
        to |= there;
    }
    if (!any) return;
    auto start = to_start, finish = to_finish_alone;
    for (auto k = first; k < end; ++k) {
      if (waits_[k] != 0 && in_block(links_.predecessor[k]))
        (to_finish(links_.type[k]) ? finish : start).add(origin(k));
    }
    bool const through = passes(pass_, i), by_one_end = passes_by_one_end(pass_, i);
    auto to_its_finish = to_finish_alone;
    if (through) to_its_finish |= start;
    for (auto k = first; k < end; ++k) {
      if (can_go_[k] == 0 || !in_block(links_.predecessor[k])) continue;
      auto const& beside = to_finish(links_.type[k]) ? to_its_finish : to_start;
      if (beside.has(origin(k))) found_[k] = 1;
    }
    led_to_[i] = block_;
    auto& from_its_start = origins_[2 * std::size_t{i}];
    auto& from_its_finish = origins_[2 * std::size_t{i} + 1];
    from_its_start = by_one_end ? start : Origins{};
    from_its_finish = by_one_end ? finish : Origins{};
    if (through) from_its_finish |= start;
    if (!in_block(i)) return;
    auto const own = 2 * (rank_[i] % block);
    from_its_start.add(own), from_its_finish.add(own + 1);
    if (through) from_its_finish.add(own);
  }

  Pass const& pass_;
  NetworkLinks const& links_;
  std::vector<Source> sources_;
  std::vector<std::uint32_t> rank_;  ///< Of each activity among the sources.
  std::uint32_t block_ = 0;          ///< Of the sources, the one looked at.
  // Per activity: the last block of which a chain leads there; by end of an activity: from which ends.
  std::vector<std::uint32_t> led_to_;
  std::vector<Origins> origins_;
  std::vector<std::uint8_t> waits_, can_go_, found_;  ///< Per link.
};

/// Chains of links that are not redundant.
class Chains {
 public:
  Chains(Pass const& pass, std::vector<std::uint8_t> const& redundant)
      : pass_(pass), links_(pass.links), redundant_(redundant), seen_(2 * std::size_t{pass.activities}, 0) {}

  /// The fewest links that say what a redundant one says; empty where all together would take too long.
  std::vector<LinkIndex> beside(std::uint32_t link) {
    auto const stays = [&](std::uint32_t other) { return redundant_[other] == 0; };
    if (auto const other = one_that_outdoes(pass_, link, stays); other != LinkIndex::none) return {{other}};
    ++round_;
    steps_ = {{from_end(links_, link), 0, LinkIndex::none}};
    auto const goal = to_end(links_, link);
    for (std::uint32_t at = 0; at < steps_.size() && steps_left_ > 0; ++at, --steps_left_) {
      if (steps_[at].end == goal) return chain_to(at);
      go_on(at, goal);
    }
    return {};
  }

 private:
  struct Step {
    std::uint32_t end;
    std::uint32_t before;  ///< The step it comes from.
    std::uint32_t link;    ///< That it took; none from the start of an activity to its finish.
  };

  void go_on(std::uint32_t at, std::uint32_t goal) {
    auto const [end, before, by] = steps_[at];
    auto const i = end / 2;
    bool const at_start = end % 2 == 0;
    if (at_start && passes(pass_, i)) reach({end + 1, at, LinkIndex::none});
    if (by != LinkIndex::none && !passes_by_one_end(pass_, i)) return;
    for (auto o = pass_.first_out[i]; o < pass_.last_out[i]; ++o) {
      auto const k = links_.out[o];
      bool const leaves = redundant_[k] == 0 && from_start(links_.type[k]) == at_start && waits(pass_, k);
      auto const to = to_end(links_, k);
      if (!leaves || to / 2 > goal / 2) continue;
      // Held by its finish alone it may be in the way of coming from its start.
      bool const goes_on = !to_finish(links_.type[k]) || passes_by_one_end(pass_, to / 2);
      if (goes_on || to == goal) reach({to, at, k});
    }
  }
  void reach(Step step) {
    if (seen_[step.end] == round_) return;
    seen_[step.end] = round_;
    steps_.push_back(step);
  }
  [[nodiscard]] std::vector<LinkIndex> chain_to(std::uint32_t at) const {
    std::vector<LinkIndex> chain;
    for (; at != 0; at = steps_[at].before)
      if (steps_[at].link != LinkIndex::none) chain.push_back({steps_[at].link});
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

  Pass const& pass_;
  NetworkLinks const& links_;
  std::vector<std::uint8_t> const& redundant_;
  /// Where every activity also leads to the end, all chains together are as long as the square of the plan.
  std::size_t steps_left_ = 256 * std::size_t{pass_.activities};
  std::uint32_t round_ = 0;
  std::vector<std::uint32_t> seen_;  ///< By end of an activity: in which round.
  std::vector<Step> steps_;
};

}  // namespace

std::vector<RedundantLink> find_redundant_links(Schedule const& schedule) {
  // A view of its own: reading never writes through it.
  auto copy = schedule.results_->whole();
  Pass const pass(copy);
  auto const redundant = Search(pass).all();
  Chains chains(pass, redundant);
  std::vector<RedundantLink> found;
  for (std::uint32_t k = 0; k < pass.link_count; ++k)
    if (redundant[k] != 0) found.push_back({{k}, chains.beside(k)});
  return found;
}

Table redundant_links(Schedule const& schedule) {
  auto const& network = schedule.network();
  std::vector<std::string> predecessor, successor, type, lag, through;
  for (auto const& found : find_redundant_links(schedule)) {
    auto const k = found.link.value;
    predecessor.push_back(network.key({network.links().predecessor[k]}));
    successor.push_back(network.key({network.links().successor[k]}));
    type.emplace_back(to_name(network.links().type[k]));
    lag.push_back(lag_text(network.links().lag_kind[k], network.links().lag[k]));
    through.push_back(links_text(network, found.through));
  }
  Table table("redundant_links");
  table.add("predecessor", predecessor).add("successor", successor).add("type", type).add("lag", lag);
  table.add("through", through);
  return table;
}

}  // namespace rapport
