#include "rapport/exchange/write.h"
#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/schedule/record.h"

using namespace rapport::capi;

rapport_status rapport_project_write(rapport_project const* project, char const* path, char const* original,
                                     rapport_schedule const* schedule, char** diagnostics,
                                     rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(project, "project").value;
    auto const* const to = required_text(path, "path");
    auto const found = schedule ? rapport::write(rapport::with_computed_dates(value, schedule->value), to,
                                                 text_or_empty(original))
                                : rapport::write(value.facts(), to, text_or_empty(original));
    if (diagnostics) *diagnostics = copied(dumped(to_json(found)));
  });
}
