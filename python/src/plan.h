#pragma once

#include <memory>

#include "rapport/model/project.h"
#include "rapport/schedule/schedule.h"

namespace rapport::python {

/// A schedule with the facts it came from, which assess() needs again.
struct Plan {
  std::shared_ptr<Project const> facts;
  Schedule schedule;
};

}  // namespace rapport::python
