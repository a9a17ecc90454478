#include "rapport/schedule/float_paths.h"

#include <algorithm>
#include <queue>
#include <tuple>

#include "rapport/base/error.h"
#include "schedule/pass.h"

namespace rapport {
namespace {

class PathFinder {
 public:
  PathFinder(Pass const& pass, FloatPathsBy by)
      : pass_(pass), by_(by), on_path_(pass.activities, std::uint8_t{0}) {}

  std::vector<FloatPath> from(std::uint32_t end, std::size_t count) {
    std::vector<FloatPath> paths;
    if (count == 0) return paths;
    paths.push_back({trace(end), {}, {}});
    while (paths.size() < count && !joining_.empty()) {
      auto const [rank, link] = joining_.top();
      joining_.pop();
      auto const last = pass_.links.predecessor[link];
      if (on_path_[last] != 0) continue;
      paths.push_back({trace(last), {pass_.links.successor[link]}, minutes(std::get<0>(rank))});
    }
    return paths;
  }

 private:
  /// Float, then what decides between equals: the less the better.
  using Rank = std::tuple<std::int64_t, std::int64_t, std::int64_t, std::uint32_t>;
  using Joining = std::pair<Rank, std::uint32_t>;

  [[nodiscard]] bool leads(std::uint32_t link) const {
    auto const p = pass_.links.predecessor[link];
    return on_path_[p] == 0 && !pass_.spans(p) && !pass_.completed(p) && !overridden(pass_, link);
  }

  /// P6 compares floats by the minute.
  [[nodiscard]] std::int64_t total_float(std::uint32_t i) const {
    return Work{pass_.out.total_float[i]}.in_minutes();
  }

  /// Least float, latest finish, earliest start, earliest in the network.
  [[nodiscard]] Rank rank(std::uint32_t link) const {
    auto const p = pass_.links.predecessor[link];
    std::int64_t const room = by_ == FloatPathsBy::TotalFloat
                                  ? total_float(p)
                                  : std::max<std::int64_t>(0, Work{link_float(pass_, link)}.in_minutes());
    return {room, -pass_.out.early_finish[p], pass_.out.early_start[p], p};
  }

  static Rank latest_start_first(Rank rank) {
    std::get<2>(rank) = -std::get<2>(rank);
    return rank;
  }

  /// The path that ends with `i`.
  std::vector<ActivityIndex> trace(std::uint32_t i) {
    std::vector<ActivityIndex> path;
    for (bool goes_on = true; goes_on;) {
      path.push_back({i});
      on_path_[i] = 1;
      std::int64_t const allowed = by_ == FloatPathsBy::TotalFloat ? total_float(i) : 0;
      goes_on = false;
      Joining best{};
      for (auto k = pass_.first_in[i]; k < pass_.last_in[i]; ++k) {
        if (!leads(k)) continue;
        Joining const next{rank(k), k};
        joining_.push({latest_start_first(next.first), k});
        bool const follows = std::get<0>(next.first) <= allowed && (!goes_on || next < best);
        if (follows) best = next, goes_on = true;
      }
      if (goes_on) i = pass_.links.predecessor[best.second];
    }
    std::reverse(path.begin(), path.end());
    return path;
  }

  Pass const& pass_;
  FloatPathsBy by_;
  std::vector<std::uint8_t> on_path_;
  std::priority_queue<Joining, std::vector<Joining>, std::greater<>> joining_;
};

std::uint32_t last_to_finish(Pass const& pass) {
  std::uint32_t last = ActivityIndex::none;
  for (std::uint32_t i = 0; i < pass.activities; ++i) {
    if (pass.spans(i) || pass.completed(i)) continue;
    bool const later = last == ActivityIndex::none || pass.out.early_finish[i] >= pass.out.early_finish[last];
    if (later) last = i;
  }
  return last;
}

}  // namespace

std::vector<FloatPath> find_float_paths(Schedule const& schedule, std::string_view end, std::size_t count,
                                        FloatPathsBy by) {
  // A view of its own: reading never writes through it.
  auto copy = schedule.results_->whole();
  Pass const pass(copy);
  std::uint32_t const at = end.empty() ? last_to_finish(pass) : pass.network.at(end).value;
  if (at == ActivityIndex::none) return {};
  if (pass.spans(at) || pass.completed(at)) {
    throw InvalidInput("no path leads to " + pass.network.key({at}) + ": it is " +
                       (pass.completed(at) ? "completed" : "a level of effort or a summary") +
                       "; name an unfinished task or milestone");
  }
  return PathFinder(pass, by).from(at, count);
}

Table float_paths(Schedule const& schedule, std::string_view end, std::size_t count, FloatPathsBy by) {
  auto const paths = find_float_paths(schedule, end, count, by);
  auto const& network = schedule.network();
  std::vector<std::int64_t> number, order, total, by_minutes;
  std::vector<std::string> key, name, joins;
  std::vector<Instant> start, finish;
  for (std::size_t k = 0; k < paths.size(); ++k) {
    auto const& path = paths[k];
    for (std::size_t place = 0; place < path.activities.size(); ++place) {
      auto const i = path.activities[place];
      auto const dates = schedule.dates(i);
      number.push_back(static_cast<std::int64_t>(k + 1)),
          order.push_back(static_cast<std::int64_t>(place + 1));
      key.push_back(network.key(i)), name.push_back(network.name(i));
      start.push_back(dates.early_start), finish.push_back(dates.early_finish);
      total.push_back(dates.total_float.in_minutes()), by_minutes.push_back(path.by.in_minutes());
      joins.push_back(path.joins.valid() ? network.key(path.joins) : std::string());
    }
  }
  Table table("float_paths");
  table.add("path", number).add("order", order).add("key", key).add("name", name);
  table.add("early_start", start).add("early_finish", finish).add("total_float_minutes", total, "min");
  table.add("joins", joins).add("by_minutes", by_minutes, "min");
  return table;
}

}  // namespace rapport
