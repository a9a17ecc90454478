#pragma once
// From bytes to dates: what a reader lets through must also be checked, compiled and scheduled without harm.

#include "rapport/base/error.h"
#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"

namespace rapport::fuzz {

template <class Read>
void go_the_whole_way(Read const& read) {
  try {
    (void)schedule(compile(Project(read())));
  } catch (Error const&) {
    // A refusal is an answer.
  }
}

}  // namespace rapport::fuzz
