#pragma once

#include <cstdint>
#include <string>

#include "rapport/base/time.h"

namespace rapport {

enum class LinkType : std::uint8_t { FinishToStart, StartToStart, FinishToFinish, StartToFinish };

enum class LagKind : std::uint8_t {
  Working,         ///< Working time on the lag calendar.
  Elapsed,         ///< On the clock.
  Percent,         ///< Of the predecessor's duration, as working time on the lag calendar.
  ElapsedPercent,  ///< Of the predecessor's duration, on the clock.
};
[[nodiscard]] constexpr bool is_percent(LagKind kind) {
  return kind == LagKind::Percent || kind == LagKind::ElapsedPercent;
}
[[nodiscard]] constexpr bool is_elapsed(LagKind kind) {
  return kind == LagKind::Elapsed || kind == LagKind::ElapsedPercent;
}

/// Waiting time of a link; negative is a lead.
struct Lag {
  LagKind kind = LagKind::Working;
  std::int64_t seconds = 0;  ///< For Working and Elapsed.
  double percent = 0;        ///< For Percent and ElapsedPercent.
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
