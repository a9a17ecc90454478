#include "rapport/schedule/float_family.h"

#include <algorithm>

#include "schedule/pass.h"

namespace rapport {
namespace {

/// Early dates stand where the late ones do, as far as these are later: what a predecessor can do to others.
void make_late(Schedule::Results& results) {
  for (std::size_t i = 0; i < results.early_start.size(); ++i) {
    results.early_start[i] = std::max(results.early_start[i], results.late_start[i]);
    results.early_finish[i] = std::max(results.early_finish[i], results.late_finish[i]);
  }
}

}  // namespace

std::vector<FloatFamily> find_float_family(Schedule const& schedule) {
  auto const& shown = schedule.results_->whole();
  auto pushed = shown, moved = shown;
  make_late(pushed);
  Pass push(pushed), move(moved);
  bool const microsoft = shown.rules.tool == Tool::Microsoft;
  std::vector<FloatFamily> found;
  found.reserve(push.activities);
  for (std::uint32_t i = 0; i < push.activities; ++i) {
    Work const total{shown.total_float[i]}, free{shown.free_float[i]};
    found.push_back({total, free, total - free, total, free});
    if (push.completed(i) || push.spans(i)) continue;
    std::int64_t const start = pushed.early_start[i], finish = pushed.early_finish[i];
    try {
      microsoft ? microsoft_early(push, i) : primavera_early(push, i);
    } catch (InvalidInput const& why) {
      refuse_activity(push, i, why);
    }
    std::int64_t const from = std::max(shown.early_start[i], pushed.early_start[i]);
    std::int64_t const until = std::max(shown.early_finish[i], pushed.early_finish[i]);
    pushed.early_start[i] = start, pushed.early_finish[i] = finish;
    if (from == shown.early_start[i] && until == shown.early_finish[i]) continue;
    moved.early_start[i] = from, moved.early_finish[i] = until;
    microsoft ? microsoft_float(move, i) : primavera_float(move, i);
    found.back().safety = {moved.total_float[i]};
    found.back().independent = {moved.free_float[i]};
    moved.early_start[i] = shown.early_start[i], moved.early_finish[i] = shown.early_finish[i];
  }
  return found;
}

Table float_family(Schedule const& schedule) {
  auto const& network = schedule.network();
  auto const found = find_float_family(schedule);
  std::vector<std::string> key, name;
  std::vector<std::int64_t> total, free, interfering, safety, independent;
  for (std::uint32_t i = 0; i < found.size(); ++i) {
    if (network.completed({i})) continue;
    auto const& floats = found[i];
    key.push_back(network.key({i})), name.push_back(network.name({i}));
    total.push_back(floats.total.in_minutes()), free.push_back(floats.free.in_minutes());
    interfering.push_back(floats.interfering.in_minutes());
    safety.push_back(floats.safety.in_minutes()), independent.push_back(floats.independent.in_minutes());
  }
  Table table("floats");
  table.add("key", key).add("name", name);
  table.add("total_float_minutes", total, "min").add("free_float_minutes", free, "min");
  table.add("interfering_float_minutes", interfering, "min").add("safety_float_minutes", safety, "min");
  table.add("independent_float_minutes", independent, "min");
  return table;
}

}  // namespace rapport
