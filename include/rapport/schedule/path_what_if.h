#pragma once
// Thousands of durations tried on the bare critical path: only what a change touches is computed again.
// Katriel, Michel & Van Hentenryck 2005 for longest paths kept up to date in topological order.

#include <cstdint>
#include <memory>
#include <span>

#include "rapport/schedule/critical_path.h"

namespace rapport {

/// Tries durations one set after the other on the same network. Every date is equal to that of
/// critical_path with these durations. For one thread at a time.
class PathWhatIf {
 public:
  /// Cost: O(activities + links). Errors: as critical_path.
  PathWhatIf(Slices network, std::span<std::int32_t const> durations);
  PathWhatIf(PathWhatIf&&) noexcept;
  PathWhatIf& operator=(PathWhatIf&&) noexcept;
  ~PathWhatIf();

  /// The dates with `changes`; what was tried before is taken back first. Of an activity named twice
  /// the last duration counts. Cost: in proportion to the activities whose early date, or path to the
  /// end, changes, and their links; never more than about a pass over everything, which takes over
  /// when the change reaches too far. Where what finished last moves to earlier, all open ends are
  /// compared. Errors: InvalidInput when an activity is unknown, a duration is negative or so long that
  /// dates could leave 30 bits; what was tried is then taken back.
  void try_durations(std::span<DurationChange const> changes);
  /// Back to the durations given, or kept last. Cost: O(touched).
  void take_back();
  /// What is tried now is what further changes are tried on. Cost: O(touched); O(activities) after
  /// passes_ran().
  void keep();

  // The dates as they stand; each O(1), the free float O(links of the activity). Unit: that of the
  // durations, the project starts at 0.
  [[nodiscard]] std::int32_t finish() const;
  [[nodiscard]] std::int32_t duration(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t early_start(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t early_finish(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t late_start(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t late_finish(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t total_float(std::uint32_t activity) const;
  [[nodiscard]] std::int32_t free_float(std::uint32_t activity) const;

  /// How many activities the last change looked at, forward and backward together.
  [[nodiscard]] std::uint32_t looked_at() const;
  /// Whether the last change reached so far that passes over everything found its dates.
  [[nodiscard]] bool passes_ran() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace rapport
