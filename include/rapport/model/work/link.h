#pragma once

#include <cstdint>
#include <string>

#include "rapport/base/time.h"

namespace rapport {

enum class LinkType : std::uint8_t { FinishToStart, StartToStart, FinishToFinish, StartToFinish };

enum class LagKind : std::uint8_t {
  Working,  ///< Working time on the lag calendar.
  Elapsed,  ///< On the clock.
  Percent,  ///< Of the predecessor's duration.
};

/// Waiting time of a link; negative is a lead.
struct Lag {
  LagKind kind = LagKind::Working;
  std::int64_t seconds = 0;  ///< For Working and Elapsed.
  double percent = 0;        ///< For Percent.
  friend bool operator==(Lag const&, Lag const&) = default;
};

struct Link {
  std::string key{};  ///< When empty: "predecessor>successor:FS".
  std::string predecessor{};
  std::string successor{};
  LinkType type = LinkType::FinishToStart;
  Lag lag{};

  friend bool operator==(Link const&, Link const&) = default;
};

}  // namespace rapport
