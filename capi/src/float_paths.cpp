#include "rapport/schedule/float_paths.h"

#include "guarded.h"
#include "handles.h"

using namespace rapport::capi;

rapport_status rapport_schedule_float_paths(rapport_schedule const* schedule, char const* end, size_t count,
                                            int32_t by, ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(schedule, "schedule").value;
    auto& result = required(out, "out");
    if (by != RAPPORT_BY_FREE_FLOAT && by != RAPPORT_BY_TOTAL_FLOAT)
      throw rapport::InvalidInput("paths are not found by " + std::to_string(by) +
                                  "; use one of RAPPORT_BY_FREE_FLOAT, _TOTAL_FLOAT");
    auto const kind =
        by == RAPPORT_BY_FREE_FLOAT ? rapport::FloatPathsBy::FreeFloat : rapport::FloatPathsBy::TotalFloat;
    give(rapport::float_paths(value, end ? end : "", count, kind), result);
  });
}
