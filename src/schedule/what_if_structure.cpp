// Links and activities that come and go in a what-if, without numbering anything again.

#include <algorithm>

#include "rapport/base/error.h"
#include "schedule/what_if_state.h"

namespace rapport {

std::vector<ActivityIndex> WhatIf::State::edit_structure(Overlay const& overlay) {
  auto const what = NetworkBuilder::structure(overlay);
  structural = true;
  if (!links) {
    links = std::make_shared<EditedLinks>(base.network.links());
    pass.emplace(work, links.get());
    shown_pass.emplace(*shown, links.get());
  }
  ends.clear();
  if (!what.added.empty()) add_activities(what);
  for (auto const& [p, s, type] : what.removed_links) {
    auto const& columns = links->columns();
    links->remove(s, [&columns, p = p, type = type](std::uint32_t k) {
      return columns.predecessor[k] == p && (!type || columns.type[k] == *type);
    });
    ends.push_back({p}), ends.push_back({s});
  }
  for (auto const& link : what.added_links) add_link(overlay, link);
  for (auto const i : what.gone) remove_activity(overlay, i);
  pass->look_at(*links), shown_pass->look_at(*links);
  follow_moved_links();
  bool const numbers_kept = !order.changed() && what.added.empty() && what.gone.empty();
  shown->edited = std::make_shared<Schedule::Edited>(overlay, links, numbers_kept);
  return ends;
}

void WhatIf::State::add_activities(NetworkBuilder::Structure const& what) {
  std::vector<std::vector<std::uint32_t>> leads_to(what.added.size());
  for (auto const& link : what.added_links)
    if (link.predecessor >= n) leads_to[link.predecessor - n].push_back(link.successor);
  for (std::uint32_t k = 0; k < what.added.size(); ++k) {
    auto const& [activity, calendar, subproject] = what.added[k];
    auto const i = n + k;
    append(*values, *activity, calendar, subproject);
    Row::append(work), Row::append(*shown);
    links->append_activity();
    logged.parts.push_back(0);
    // Before what it leads to, where it then seldom stands in the way of what leads to it.
    auto first = KeptOrder::none;
    for (auto const next : leads_to[k])
      if (next < n && !pass->spans(next)) first = std::min(first, order.place(next));
    order.append(first);
    ends.push_back({i});
    // They come first, behind those that are there.
    if (activity->kind == ActivityKind::LevelOfEffort)
      pass->last_spanning = shown_pass->last_spanning = i + 1;
  }
  pass->look_at(*links), shown_pass->look_at(*links);
}

void WhatIf::State::add_link(Overlay const& overlay, NetworkBuilder::Link const& link) {
  auto const p = link.predecessor, s = link.successor;
  if (!pass->spans(p) && !pass->spans(s)) {
    pass->look_at(*links);
    auto const loop = order.link(*pass, p, s);
    if (!loop.empty()) {
      std::vector<std::string> keys;
      for (auto const i : loop)
        keys.push_back(i < n ? base.network.key({i}) : overlay.added_activities()[i - n].key);
      throw CycleError(keys);
    }
  }
  links->add(link);
  ends.push_back({p}), ends.push_back({s});
}

/// As if it were completed and inactive: nothing waits for it, and nothing counts it.
void WhatIf::State::remove_activity(Overlay const& overlay, std::uint32_t i) {
  auto const& columns = links->columns();
  std::vector<NetworkBuilder::Link> in, out;
  auto const list = [&](std::uint32_t k, std::vector<NetworkBuilder::Link>& into) {
    auto const p = columns.predecessor[k], s = columns.successor[k];
    if (p != s) into.push_back({p, s, columns.type[k], columns.lag_kind[k], columns.lag[k], 0});
  };
  for (auto k = columns.first_in[i]; k < links->last_in()[i]; ++k) list(k, in);
  for (auto o = columns.first_out[i]; o < links->last_out()[i]; ++o) list(columns.out[o], out);
  for (auto const& link : out) {
    links->remove(link.successor, [&](std::uint32_t k) { return columns.predecessor[k] == i; });
    ends.push_back({link.successor});
  }
  links->remove(i, [](std::uint32_t) { return true; });
  for (auto const& a : in) {
    ends.push_back({a.predecessor});
    for (auto const& b : out) {
      auto const type = bridged(a.type, b.type);
      bool repeated = false;
      for (auto k = columns.first_in[b.successor]; k < links->last_in()[b.successor]; ++k)
        repeated |= columns.predecessor[k] == a.predecessor && columns.type[k] == type;
      if (!repeated) add_link(overlay, {a.predecessor, b.successor, type, LagKind::Working, 0, 0});
    }
  }

  gone.push_back(i);
  log(i, Log::All);
  visited.push_back(i);
  finish_moves |= i < n && work.early_finish[i] == work.scheduled_finish[values->subproject[i]];
  if (i < n && !std::binary_search(edits.begin(), edits.end(), ActivityIndex{i}))
    edits.insert(std::upper_bound(edits.begin(), edits.end(), ActivityIndex{i}), {i});
  auto& tasks = values->microsoft_tasks;
  values->microsoft[i] = static_cast<std::uint32_t>(tasks.size());
  tasks.emplace_back().inactive = true;
  values->constraint[i] = values->constraint2[i] = ConstraintKind::None;
  values->plain[i] = 0;
  values->actual_finish[i] = pass->data_date[values->subproject[i]];
  values->actual_start[i] = values->actual_finish[i];
}

/// Reasons name links by number, and links drive or do not: both follow links that have another number.
void WhatIf::State::follow_moved_links() {
  for (auto* const results : {&work, shown.get()}) {
    results->driving.resize(links->count(), 0);
    for (auto k = links->base_count(); k < links->count(); ++k) {
      auto const was = links->origin(k);
      results->driving[k] = was == LinkIndex::none ? std::uint8_t{0} : base.driving[was];
    }
  }
  auto const& of_base = base.network.links();
  auto const follow = [&](std::uint32_t i) {
    // What is logged has been here, or is gone.
    if (logged.is_touched(i)) return;
    log(i, Log::Early | Log::Late);
    for (auto* const cause :
         {&work.start_cause[i], &work.finish_cause[i], &work.late_start_cause[i], &work.late_finish_cause[i]})
      if (cause->link() != LinkIndex::none) cause->set_link(links->now(cause->link()));
  };
  for (auto const k : links->moved()) {
    if (links->now(k) == k) continue;
    follow(of_base.predecessor[k]), follow(of_base.successor[k]);
  }
}

void WhatIf::State::take_back_structure(bool kept) {
  order.take_back();
  logged.parts.resize(n);
  gone.clear(), ends.clear();
  for (auto* const results : {&work, shown.get()}) {
    if (kept && results == shown.get()) continue;
    results->driving.resize(base.driving.size());
    Row::shorten(*results, n);
  }
  if (kept) {
    // The schedule that was given out has them.
    links.reset();
    return;
  }
  links->take_back();
  values->microsoft_tasks.resize(base.network.values().microsoft_tasks.size());
  for_each_column(*values, [&](auto& column) { column.resize(n); });
  pass->look_at(*links), shown_pass->look_at(*links);
  pass->last_spanning = shown_pass->last_spanning = n;
}

Schedule::Results const& Schedule::Results::whole() const { return edited ? edited->whole(*this) : *this; }

std::optional<std::uint32_t> Schedule::Edited::find(std::string_view key) const {
  auto const& removed = overlay.removed_activities();
  if (std::find(removed.begin(), removed.end(), key) != removed.end()) return std::nullopt;
  if (auto const i = overlay.base().find(key)) return i->value;
  auto const& added = overlay.added_activities();
  auto const found =
      std::find_if(added.begin(), added.end(), [&](Activity const& activity) { return activity.key == key; });
  if (found == added.end()) return std::nullopt;
  return overlay.base().activity_count() + static_cast<std::uint32_t>(found - added.begin());
}

Schedule::Results const& Schedule::Edited::whole(Results const& edited) const {
  std::call_once(once, [&] {
    if (!numbers_kept) {
      made = schedule(overlay, edited.rules).results_;
      return;
    }
    auto results = std::make_shared<Results>(edited);
    results->edited.reset();
    std::vector<std::uint32_t> place;
    results->network =
        NetworkBuilder::with_links(edited.network, std::make_shared<NetworkLinks const>(links->dense(place)));
    for (auto* const causes : {&results->start_cause, &results->finish_cause, &results->late_start_cause,
                               &results->late_finish_cause}) {
      for (auto& cause : *causes)
        if (cause.link() != LinkIndex::none) cause.set_link(place[cause.link()]);
    }
    results->driving.assign(results->network.link_count(), 0);
    for (std::size_t k = 0; k < place.size(); ++k)
      if (place[k] != LinkIndex::none) results->driving[place[k]] = edited.driving[k];
    made = std::move(results);
  });
  return *made;
}

}  // namespace rapport
