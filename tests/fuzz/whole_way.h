#pragma once
// From bytes to facts, and with RAPPORT_FUZZ_WHOLE set on to dates: what a reader lets through must also be
// checked, compiled and scheduled without harm.

#include <cstdlib>

#include "rapport/base/error.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"

namespace rapport::fuzz {

template <class Read>
void go_the_whole_way(Read const& read) {
  static bool const whole = std::getenv("RAPPORT_FUZZ_WHOLE") != nullptr;
  try {
    if (whole)
      (void)schedule(compile(Project(read())));
    else
      (void)validate(read());
  } catch (Error const&) {
    // A refusal is an answer.
  }
}

}  // namespace rapport::fuzz
