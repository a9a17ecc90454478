#pragma once

#include <optional>
#include <string>

#include "rapport/base/time.h"
#include "rapport/model/work/rules.h"

namespace rapport {

/// One of the projects that a plan holds (a row of P6's PROJECT table). A plan from a tool with one
/// project per file has one.
struct Subproject {
  std::string key{};
  std::string name{};
  std::optional<Instant> planned_start{};
  std::optional<Instant> data_date{};  ///< P6 data date, MS Project status date.
  std::optional<Instant> must_finish_by{};
  std::string calendar{};  ///< Default for its activities.
  Rules rules{};           ///< As the file states them.

  friend bool operator==(Subproject const&, Subproject const&) = default;
};

/// A branch of the work breakdown structure.
struct WbsNode {
  std::string key{};
  std::string parent{};  ///< Empty at the top.
  std::string name{};
  std::string subproject{};
  friend bool operator==(WbsNode const&, WbsNode const&) = default;
};

}  // namespace rapport
