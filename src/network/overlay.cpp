#include "rapport/network/overlay.h"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "network/builder.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

std::uint32_t calendar_index(Network const& network, std::string_view key) {
  auto const& calendars = network.calendars();
  std::vector<std::string> keys;
  for (std::uint32_t k = 0; k < calendars.size(); ++k) {
    if (calendars[k].key() == key) return k;
    keys.push_back(calendars[k].key());
  }
  throw NotFound("calendar", std::string(key), nearest_keys(key, keys));
}

std::uint32_t subproject_index(Network const& network, std::string const& key, std::uint32_t otherwise) {
  if (key.empty()) return otherwise;
  auto const& subprojects = network.subprojects();
  std::vector<std::string> keys;
  for (std::uint32_t k = 0; k < subprojects.size(); ++k) {
    if (subprojects[k].key == key) return k;
    keys.push_back(subprojects[k].key);
  }
  throw NotFound("subproject", key, nearest_keys(key, keys));
}

std::uint32_t main_subproject(Network const& network) {
  if (network.activity_count() == 0) return 0;
  std::vector<std::uint32_t> count(network.subprojects().size(), 0);
  for (auto const k : network.values().subproject) ++count[k];
  return static_cast<std::uint32_t>(std::max_element(count.begin(), count.end()) - count.begin());
}

}  // namespace

Overlay::Overlay(Network base) : base_(std::move(base)) {}

bool Overlay::empty() const { return values_.empty() && values_only(); }

bool Overlay::values_only() const {
  return added_.empty() && removed_.empty() && added_links_.empty() && removed_links_.empty();
}

std::vector<ActivityIndex> Overlay::edited() const {
  std::vector<ActivityIndex> edited;
  edited.reserve(values_.size());
  for (auto const& [i, replaced] : values_) edited.push_back({i});
  return edited;
}

bool Overlay::sets(ConstraintKind kind) const {
  return std::any_of(values_.begin(), values_.end(), [&](auto const& entry) {
    return entry.second.constraint && entry.second.constraint->kind == kind;
  });
}

void Overlay::write(ActivityValues& values) const {
  for (auto const& [i, replaced] : values_) {
    if (replaced.calendar) values.calendar[i] = *replaced.calendar;
    if (replaced.progress) rapport::set_progress(values, i, *replaced.progress);
    if (replaced.duration) {
      values.duration[i] = replaced.duration->first.seconds;
      values.remaining[i] = replaced.duration->second.seconds;
    }
    if (replaced.constraint) rapport::set_constraint(values, i, *replaced.constraint);
  }
}

Overlay::Values& Overlay::values_of(ActivityIndex i) {
  if (i.value >= base_.activity_count()) {
    throw NotFound("activity number", std::to_string(i.value));
  }
  if (!kept_) return values_[i.value];
  auto const found = values_.find(i.value);
  kept_->values.emplace_back(i.value, found == values_.end() ? std::nullopt : std::optional(found->second));
  return values_[i.value];
}

Overlay::Mark Overlay::mark() const {
  return {kept_->values.size(), added_.size(), removed_.size(), added_links_.size(), removed_links_.size()};
}

void Overlay::back_to(Mark const& mark) {
  for (; kept_->values.size() > mark.values; kept_->values.pop_back()) {
    auto& [i, values] = kept_->values.back();
    if (values)
      values_[i] = std::move(*values);
    else
      values_.erase(i);
  }
  for (; added_.size() > mark.added; kept_->added_at.pop_back()) {
    auto const gone = added_.begin() + static_cast<std::ptrdiff_t>(kept_->added_at.back());
    added_keys_.erase(added_keys_.find(gone->key));
    added_.erase(gone);
  }
  for (; removed_.size() > mark.removed; removed_.pop_back())
    removed_keys_.erase(removed_keys_.find(removed_.back()));
  removed_links_.resize(mark.removed_links);
  added_links_.resize(mark.added_links);
}

Overlay& Overlay::set_duration(ActivityIndex i, Work duration, Work remaining) {
  if (duration.seconds < 0 || remaining.seconds < 0 || remaining > duration) {
    throw InvalidInput(
        "activity " + base_.key(i) + ": duration " + to_string(duration) + " with " + to_string(remaining) +
        " remaining is not possible; give neither below zero and no more remaining than there is");
  }
  values_of(i).duration = {duration, remaining};
  return *this;
}

Overlay& Overlay::set_constraint(ActivityIndex i, Constraint constraint) {
  bool const dated =
      constraint.kind != ConstraintKind::None && constraint.kind != ConstraintKind::AsLateAsPossible;
  if (dated && !constraint.date)
    throw InvalidInput("activity " + base_.key(i) + ": the constraint " +
                       std::string(to_name(constraint.kind)) +
                       " has no date; give the date it constrains to");
  if (!dated) constraint.date.reset();
  values_of(i).constraint = constraint;
  return *this;
}

Overlay& Overlay::set_progress(ActivityIndex i, ActivityProgress const& progress) {
  values_of(i).progress = progress;
  return *this;
}

Overlay& Overlay::set_calendar(ActivityIndex i, std::string_view calendar) {
  auto const index = calendar_index(base_, calendar);
  values_of(i).calendar = index;
  return *this;
}

bool Overlay::knows(std::string_view key) const {
  return !removed_keys_.contains(key) && (base_.find(key) || added_keys_.contains(key));
}

Overlay& Overlay::add_activity(Activity const& activity) {
  if (base_.find(activity.key) || knows(activity.key)) {
    throw InvalidInput("activity " + activity.key + " is there already; give the new one another key");
  }
  if (!activity.calendar.empty()) (void)calendar_index(base_, activity.calendar);
  (void)subproject_index(base_, activity.subproject, 0);
  // Levels of effort first: in the network they stand last, and so side by side with these.
  auto const others = std::partition_point(added_.begin(), added_.end(), [](Activity const& each) {
    return each.kind == ActivityKind::LevelOfEffort;
  });
  auto const at = activity.kind == ActivityKind::LevelOfEffort ? others : added_.end();
  if (kept_) kept_->added_at.push_back(static_cast<std::size_t>(at - added_.begin()));
  added_.insert(at, activity);
  added_keys_.insert(activity.key);
  return *this;
}

Overlay& Overlay::remove_activity(std::string_view key) {
  if (!knows(key)) (void)base_.at(key);
  removed_.emplace_back(key);
  removed_keys_.emplace(key);
  return *this;
}

Overlay& Overlay::add_link(Link const& link) {
  for (auto const& end : {link.predecessor, link.successor}) {
    if (!knows(end)) throw NotFound("activity", end, nearest_keys(end, base_.names().key));
  }
  added_links_.push_back(link);
  return *this;
}

Overlay& Overlay::remove_link(std::string_view predecessor, std::string_view successor,
                              std::optional<LinkType> type) {
  auto const& links = base_.links();
  auto const to = base_.at(successor).value;
  auto const from = base_.at(predecessor).value;
  bool found = false;
  for (auto k = links.first_in[to]; k < links.first_in[to + 1]; ++k) {
    found = found || (links.predecessor[k] == from && (!type || links.type[k] == *type));
  }
  if (!found) {
    throw NotFound("link", std::string(predecessor) + " → " + std::string(successor));
  }
  removed_links_.push_back({std::string(predecessor), std::string(successor), type});
  return *this;
}

NetworkBuilder::Structure NetworkBuilder::structure(Overlay const& overlay) {
  auto const& base = overlay.base_;
  Structure edits;
  std::unordered_map<std::string_view, std::uint32_t> added;
  auto const row = [&](std::string const& key) {
    auto const found = added.find(key);
    return found != added.end() ? found->second : base.at(key).value;
  };
  std::optional<std::uint32_t> main;
  for (auto const& activity : overlay.added_) {
    if (activity.subproject.empty() && !main) main = main_subproject(base);
    auto const subproject = subproject_index(base, activity.subproject, main.value_or(0));
    auto const calendar = activity.calendar.empty() ? base.subproject_calendar(subproject)
                                                    : calendar_index(base, activity.calendar);
    added.emplace(activity.key, base.activity_count() + static_cast<std::uint32_t>(edits.added.size()));
    edits.added.push_back({&activity, calendar, subproject});
  }
  for (auto const& gone : overlay.removed_links_)
    edits.removed_links.push_back({row(gone.predecessor), row(gone.successor), gone.type});
  for (auto const& link : overlay.added_links_) {
    edits.added_links.push_back(
        {row(link.predecessor), row(link.successor), link.type, link.lag.kind, lag_of(link.lag), 0});
  }
  for (auto const& key : overlay.removed_) edits.gone.insert(row(key));
  return edits;
}

Network Overlay::applied() const {
  Network network = base_;
  if (!values_.empty()) {
    auto values = std::make_shared<ActivityValues>(base_.values());
    write(*values);
    network.values_ = std::move(values);
  }
  if (values_only()) return network;

  auto draft = NetworkBuilder::draft(network);
  auto const edits = NetworkBuilder::structure(*this);
  for (auto const& [activity, calendar, subproject] : edits.added)
    append(draft.names, draft.values, *activity, calendar, subproject);
  if (!edits.removed_links.empty()) {
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::optional<LinkType>>> between;
    for (auto const& gone : edits.removed_links)
      between[{gone.predecessor, gone.successor}].push_back(gone.type);
    erase_links(draft, [&](NetworkBuilder::Link const& link) {
      auto const gone = between.find({link.predecessor, link.successor});
      return gone != between.end() &&
             std::ranges::any_of(gone->second, [&](auto const& type) { return !type || link.type == *type; });
    });
  }
  draft.links.insert(draft.links.end(), edits.added_links.begin(), edits.added_links.end());
  if (!edits.gone.empty()) {
    bridge(draft, edits.gone);
    erase_rows(draft, edits.gone);
  }
  return NetworkBuilder::number(std::move(draft));
}

}  // namespace rapport
