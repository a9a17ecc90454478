#include <algorithm>

#include "impact/plan_change.h"

namespace rapport::detail {
Assignment changed_assignment(Network const& before, Assignment const& assignment, Resource const& resource,
                              ActivityIndex index, ActivityEffect const* effect) {
  Assignment changed = assignment;
  Work const left = remaining_effort(before, assignment, index);
  Work const done{std::max<std::int64_t>(0, (assignment.work - left).seconds)};
  bool const gone = effect && (effect->removed || effect->cut_short);
  double const effort = effect && !gone ? effect->effort : 0,
               material = effect && !gone ? effect->material : 0;
  Work const more = share_of(assignment.work, effort);
  changed.actual = assignment.actual.value_or(done);
  changed.remaining = gone ? Work{} : Work{std::max<std::int64_t>(0, (left + more).seconds)};
  changed.quantity = assignment.quantity * (1 + material);
  if (assignment.cost && !gone)
    changed.cost = *assignment.cost + scaled(*assignment.cost, by_quantity(resource) ? material : effort);
  return changed;
}

Assignment repeated_assignment(Assignment const& assignment, Resource const& resource,
                               ActivityEffect const& effect) {
  Assignment again = assignment;
  again.key = assignment.key.empty() ? "" : assignment.key + "@" + effect.rework_key;
  again.activity = effect.rework_key;
  again.work = share_of(assignment.work, effect.rework_effort);
  again.overtime = {};
  if (assignment.overtime.seconds > 0 && assignment.work.seconds > 0)
    again.overtime = Work{portion(again.work.seconds, assignment.overtime.seconds, assignment.work.seconds)};
  again.quantity = assignment.quantity * effect.rework_material;
  if (assignment.cost)
    again.cost =
        scaled(*assignment.cost, by_quantity(resource) ? effect.rework_material : effect.rework_effort);
  again.remaining.reset();
  again.actual.reset();
  again.actual_cost.reset();
  return again;
}

}  // namespace rapport::detail
