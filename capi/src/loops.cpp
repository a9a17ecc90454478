#include "rapport/network/loops.h"

#include "guarded.h"
#include "handles.h"
#include "rapport/schedule/conflicts.h"

using namespace rapport::capi;

rapport_status rapport_project_loops(rapport_project const* project, ArrowArrayStream* out,
                                     rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(rapport::find_loops(required(project, "project").value).table(), result);
  });
}

rapport_status rapport_schedule_conflicts(rapport_schedule const* schedule, ArrowArrayStream* out,
                                          rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const& value = required(schedule, "schedule").value;
    give(rapport::conflict_table(value, rapport::find_conflicts(value)), result);
  });
}
