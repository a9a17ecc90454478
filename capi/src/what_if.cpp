#include "guarded.h"
#include "handles.h"
#include "rapport/model/names.h"
#include "rapport/schedule/what_if_steps.h"

struct rapport_what_if {
  rapport::WhatIfSteps value;
};

namespace rapport::capi {
namespace {

template <class Enum>
Enum named(char const* name, char const* argument) {
  std::string const text = required_text(name, argument);
  if (auto const found = from_name<Enum>(text)) return *found;
  std::string known;
  for (auto const each : names_of<Enum>()) known += (known.empty() ? "" : ", ") + std::string(each);
  throw InvalidInput(std::string("argument ") + argument + " is \"" + text + "\", which is none of " + known);
}

/// One step further: `edit` on what is tried.
template <class Edit>
rapport_status step(rapport_what_if* what_if, rapport_error** error, Edit&& edit) {
  return guarded(error, [&] { required(what_if, "what_if").value.take(edit); });
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_schedule_what_if(rapport_schedule const* schedule, rapport_what_if** out,
                                        rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_what_if{rapport::WhatIfSteps(required(schedule, "schedule").value)};
  });
}

rapport_status rapport_what_if_set_duration(rapport_what_if* what_if, char const* key, int64_t duration,
                                            int64_t remaining, rapport_error** error) {
  return step(what_if, error, [&](rapport::Overlay& next) {
    next.set_duration(next.base().at(required_text(key, "key")), {duration}, {remaining});
  });
}

rapport_status rapport_what_if_set_calendar(rapport_what_if* what_if, char const* key, char const* calendar,
                                            rapport_error** error) {
  return step(what_if, error, [&](rapport::Overlay& next) {
    next.set_calendar(next.base().at(required_text(key, "key")), required_text(calendar, "calendar"));
  });
}

rapport_status rapport_what_if_set_constraint(rapport_what_if* what_if, char const* key, char const* kind,
                                              int64_t const* date, rapport_error** error) {
  return step(what_if, error, [&](rapport::Overlay& next) {
    rapport::Constraint constraint{named<rapport::ConstraintKind>(kind, "kind"), {}};
    if (date) constraint.date = checked_instant(*date, "date");
    next.set_constraint(next.base().at(required_text(key, "key")), constraint);
  });
}

rapport_status rapport_what_if_add_link(rapport_what_if* what_if, char const* predecessor,
                                        char const* successor, char const* type, int64_t lag,
                                        rapport_error** error) {
  return step(what_if, error, [&](rapport::Overlay& next) {
    rapport::Link link;
    link.predecessor = required_text(predecessor, "predecessor");
    link.successor = required_text(successor, "successor");
    link.type = named<rapport::LinkType>(type, "type");
    link.lag.seconds = lag;
    next.add_link(link);
  });
}

rapport_status rapport_what_if_remove_link(rapport_what_if* what_if, char const* predecessor,
                                           char const* successor, rapport_error** error) {
  return step(what_if, error, [&](rapport::Overlay& next) {
    next.remove_link(required_text(predecessor, "predecessor"), required_text(successor, "successor"));
  });
}

rapport_status rapport_what_if_remove_activity(rapport_what_if* what_if, char const* key,
                                               rapport_error** error) {
  return step(what_if, error,
              [&](rapport::Overlay& next) { next.remove_activity(required_text(key, "key")); });
}

rapport_status rapport_what_if_undo(rapport_what_if* what_if, int32_t* undone, rapport_error** error) {
  return guarded(error, [&] {
    bool const was = required(what_if, "what_if").value.undo();
    if (undone) *undone = was ? 1 : 0;
  });
}

rapport_status rapport_what_if_finish(rapport_what_if const* what_if, int64_t* out, rapport_error** error) {
  return guarded(error,
                 [&] { required(out, "out") = required(what_if, "what_if").value.after().finish().seconds; });
}

rapport_status rapport_what_if_moved(rapport_what_if const* what_if, ArrowArrayStream* out,
                                     rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    give(required(what_if, "what_if").value.moved(), result);
  });
}

rapport_status rapport_what_if_schedule(rapport_what_if const* what_if, rapport_schedule** out,
                                        rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = new rapport_schedule{required(what_if, "what_if").value.after()};
  });
}

void rapport_what_if_free(rapport_what_if* what_if) { delete what_if; }
