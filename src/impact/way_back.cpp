#include "impact/way_back.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <deque>

#include "rapport/model/names.h"

namespace rapport::detail {
namespace {

Elapsed shift(ActivityDelta const& delta, DateField field) {
  return field == DateField::EarlyStart ? delta.early_start : delta.early_finish;
}

DateField other_end(DateField field) {
  return field == DateField::EarlyStart ? DateField::EarlyFinish : DateField::EarlyStart;
}

/// "FS", "SS +8h", "FF -50 %".
std::string words_of(ScheduleRows::Source const& source) {
  if (source.driver != Driver::Link) return "holds it";
  auto const& link = *source.link;
  std::string text(to_name(link.type));
  if (source.ahead) return "as late as possible, " + text;
  if (link.lag == 0) return text;
  text += link.lag > 0 ? " +" : " -";
  auto const size = std::abs(link.lag);
  text += is_percent(link.lag_kind) ? std::to_string(size / 100) + " %" : to_string(Work{size});
  return text + (is_elapsed(link.lag_kind) ? " elapsed" : "");
}

}  // namespace

WayBack::WayBack(Impact::Parts const& parts) : parts_(parts), after_(parts.after), before_(parts.before) {
  deltas_.reserve(parts.activities.size());
  for (auto const& delta : parts.activities) deltas_.emplace(delta.key, &delta);
  for (auto const& effect : parts.effects) {
    effects_.emplace(effect.key, &effect);
    if (!effect.rework_key.empty()) originals_.emplace(effect.rework_key, effect.key);
  }
}

ActivityDelta const* WayBack::delta(std::string_view key) const {
  auto const found = deltas_.find(key);
  return found == deltas_.end() ? nullptr : found->second;
}

ActivityEffect const* WayBack::effect(std::string_view key) const {
  auto const found = effects_.find(key);
  return found == effects_.end() ? nullptr : found->second;
}

std::string_view WayBack::comes_back(std::string_view key) const {
  auto const found = originals_.find(key);
  return found == originals_.end() ? std::string_view() : found->second;
}

WayBack::Stop WayBack::removed_stop(std::string_view key) {
  return {key, DateField::EarlyFinish, When::Before, "it is removed"};
}

std::vector<WayBack::Stop> WayBack::from(std::string_view activity) {
  bool const by_start = !moved(activity, DateField::EarlyFinish) && moved(activity, DateField::EarlyStart);
  std::vector<Stop> way = {
      {activity, by_start ? DateField::EarlyStart : DateField::EarlyFinish, When::After, {}}};
  seen_ = {{activity, way.back().field}};
  passed_on_by_.clear(), dead_ends_.clear();
  while (auto next = before(way.back())) {
    if (!seen_.emplace(next->key, next->field).second) break;
    auto const known =
        seen_.contains({next->key, other_end(next->field)})
            ? std::find_if(way.begin(), way.end(), [&](Stop const& each) { return each.key == next->key; })
            : way.end();
    if (known == way.end()) {
      way.push_back(*std::move(next));
      continue;
    }
    // Its other date: what came between led nowhere.
    way.erase(known + 1, way.end());
    way.back().field = next->field;
  }
  return way;
}

/// The date that hands the change on to this one; none where the change sets in. A date that comes later does
/// so because of what holds it now, one that comes earlier because of what held it before; an activity as
/// late as possible the other way round.
std::optional<WayBack::Stop> WayBack::before(Stop const& at) {
  if (!moved(at.key, at.field)) {
    auto const known = passed_on_by_.find(date(at));
    return known == passed_on_by_.end() ? std::nullopt : std::optional(known->second);
  }
  auto const& own = *delta(at.key);
  if (!own.after) return std::nullopt;
  bool const earlier = own.before && shift(own, at.field).seconds < 0;
  std::array const order = {earlier ? When::Before : When::After, earlier ? When::After : When::Before};
  for (auto const when : order)
    if (auto found = held_by(at, when)) return found;
  if (changed(at.key)) return std::nullopt;
  if (auto const other = other_end(at.field); moved(at.key, other) && !seen_.contains({at.key, other}))
    return Stop{at.key, other, at.when, {}};
  // What holds it shows in none of its dates: an expected finish that a link took away, or an activity as
  // late as possible that went along with its own successor.
  for (auto const when : order)
    if (auto const row = rows(when).find(at.key))
      if (auto found = most_moved(at, when, rows(when).predecessors(*row))) return found;
  return std::nullopt;
}

std::optional<WayBack::Stop> WayBack::held_by(Stop const& at, When when) {
  auto const row = rows(when).find(at.key);
  if (!row) return std::nullopt;
  auto const sources = rows(when).sources(*row, at.field);
  if (sources.front().driver != Driver::ProjectFinish) return most_moved(at, when, sources);
  auto const* last = ends_last(parts_, when, *row);
  if (!last || last->key == at.key || seen_.contains({last->key, DateField::EarlyFinish}))
    return std::nullopt;
  return Stop{last->key, DateField::EarlyFinish, when, "as late as the project's finish lets it"};
}

/// Of several that hold it alike the one that moved most. Where none moved, one that stays where it is and
/// yet hands the change on, unless the change names the activity anyway.
std::optional<WayBack::Stop> WayBack::most_moved(Stop const& at, When when,
                                                 std::vector<Source> const& sources) {
  bool const named_itself = changed(at.key);
  std::optional<Stop> best, still;
  std::int64_t most = -1;
  for (auto const& source : sources) {
    if (source.row == ActivityIndex::none) continue;
    Stop from{rows(when).key(source.row), source.field, when, words_of(source)};
    if (seen_.contains({from.key, from.field})) continue;
    if (named_itself && follows(from.key, at.key)) continue;
    if (moved(from.key, from.field)) {
      auto const size = std::abs(shift(*delta(from.key), from.field).seconds);
      if (size <= most) continue;
      most = size;
      best = std::move(from);
    } else if (still || named_itself) {
      continue;
    } else if (auto const removed = bridged(at, source, from); !removed.empty()) {
      still = removed_stop(removed);
    } else if (named(at, source, from) || (rows(when).completed(source.row) && passes_on(from))) {
      still = std::move(from);
    }
  }
  return best ? best : still;
}

/// Primavera's completed activities stay where they are and pass on what holds them. Whether something that
/// moved or is named stands behind this one; then the way there is known.
bool WayBack::passes_on(Stop const& completed) {
  if (passed_on_by_.contains(date(completed))) return true;
  if (dead_ends_.contains(date(completed))) return false;
  std::map<Date, Stop> reached_from;  // one date further from the change
  std::set<Date> looked_at = {date(completed)};
  std::deque<Stop> next = {completed};
  for (; !next.empty(); next.pop_front()) {
    Stop const at = next.front();
    auto const& in = rows(at.when);
    auto const row = in.find(at.key);
    if (!row) continue;
    for (auto const& source : in.sources(*row, at.field)) {
      if (source.row == ActivityIndex::none) continue;
      Stop from{in.key(source.row), source.field, at.when, words_of(source)};
      if (seen_.contains({from.key, from.field})) continue;
      auto const removed = bridged(at, source, from);
      if (!removed.empty()) from = removed_stop(removed);
      if (!removed.empty() || moved(from.key, from.field) || named(at, source, from)) {
        passed_on_by_.emplace(date(at), from);
        for (Stop stop = at; date(stop) != date(completed);) {
          Stop const& behind = reached_from.at(date(stop));
          passed_on_by_.emplace(date(behind), stop);
          stop = behind;
        }
        return true;
      }
      if (!in.completed(source.row) || dead_ends_.contains(date(from))) continue;
      if (!looked_at.insert(date(from)).second) continue;
      reached_from.emplace(date(from), at);
      next.push_back(std::move(from));
    }
  }
  dead_ends_.merge(looked_at);
  return false;
}

bool WayBack::moved(std::string_view key, DateField field) const {
  auto const* own = delta(key);
  return own && (!own->before || !own->after || shift(*own, field).seconds != 0);
}

/// It goes as late as `successor` lets it, now or before: an effect, never a reason.
bool WayBack::follows(std::string_view key, std::string_view successor) const {
  for (auto const when : {When::After, When::Before}) {
    auto const& in = rows(when);
    auto const row = in.find(key);
    if (!row) continue;
    for (auto const field : {DateField::EarlyStart, DateField::EarlyFinish})
      for (auto const& source : in.sources(*row, field))
        if (source.driver == Driver::Link && source.ahead && in.key(source.row) == successor) return true;
  }
  return false;
}

/// The change names an activity whose date stays: it has begun, so that this is an actual date, or the link
/// comes or goes.
bool WayBack::named(Stop const& at, Source const& source, Stop const& from) const {
  return changed(from.key) && (rows(from.when).started(source.row) || only_in(at, source, from));
}

/// Whether the other one of the two schedules lacks the link.
bool WayBack::only_in(Stop const& at, Source const& source, Stop const& from) const {
  if (!source.link) return false;
  auto const& other = rows(from.when == When::After ? When::Before : When::After);
  auto const links = source.ahead ? other.links(at.key, from.key) : other.links(from.key, at.key);
  return std::find(links.begin(), links.end(), *source.link) == links.end();
}

/// Where an activity was removed its predecessors lead to its successors: the one behind such a link.
std::string_view WayBack::bridged(Stop const& at, Source const& source, Stop const& from) const {
  if (from.when == When::Before || !only_in(at, source, from)) return {};
  auto const predecessor = source.ahead ? at.key : from.key, successor = source.ahead ? from.key : at.key;
  for (auto const& effect : parts_.effects)
    if (effect.removed &&
        (!before_.links(predecessor, effect.key).empty() || !before_.links(effect.key, successor).empty()))
      return effect.key;
  return {};
}

}  // namespace rapport::detail
