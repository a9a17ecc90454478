#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "rapport/base/probability.h"
#include "rapport/model/needs/requirement.h"
#include "rapport/model/node.h"

namespace rapport {

/// How `from` bears on `to`. Change passes from `from` to `to` unless the propagation rules say
/// both ways.
enum class TraceType : std::uint8_t {
  Derives,     ///< requirement → requirement that follows from it
  DependsOn,   ///< requirement → requirement that needs it: changing `from` may change `to`
  Conflicts,   ///< requirement ↔ requirement
  Implements,  ///< requirement → deliverable or activity that realises it
  Produces,    ///< deliverable → activity that makes it
  Verifies,    ///< requirement or deliverable → test that checks it
  Threatens,   ///< anything → risk it bears on
  Concerns,    ///< anything → stakeholder it matters to
  Charges,     ///< anything → cost account
};

/// A link of the change-impact graph. Keys are the user's; loops among traces are allowed.
struct Trace {
  std::string key{};  ///< When empty: "from>to:Type".
  NodeRef from{};
  NodeRef to{};
  TraceType type = TraceType::DependsOn;
  /// That a change of `from` reaches `to`; absent: the default of PropagationRules for the type.
  std::optional<Probability> likelihood{};
  /// Share of `to` that must be redone when `from` changes wholly, [0, 1]; absent: the default.
  std::optional<double> share{};
  /// Somebody doubts it; a later version of `from` than the confirmed one makes it suspect, too
  /// (see rapport/model/suspect.h).
  bool suspect = false;
  /// The version of `from` for which `to` was last found to fit; absent: made for version 1.
  std::optional<Confirmation> confirmed{};

  friend bool operator==(Trace const&, Trace const&) = default;
};

}  // namespace rapport
