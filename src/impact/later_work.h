#pragma once
// The work of a change, done after a milestone instead of now.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "impact/parts.h"

namespace rapport::detail {

class LaterWork {
 public:
  /// Refers to all three, which must outlive it. `accepted`: the change done now.
  LaterWork(Context const& context, ChangeRequest const& change, Impact const& accepted);

  /// The change adds nothing to the work of activities that are there.
  [[nodiscard]] bool empty() const { return !moves_; }
  /// Before it nothing of that work is done anyway, so a milestone up to then puts nothing off.
  [[nodiscard]] Instant start() const;

  /// The change with its work as activities of their own after the milestone, an activity of the accepted
  /// plan; nothing when the change takes that out. They hold what the work holds there, but neither what
  /// leads to the milestone nor what has begun: behind those, what waits for them.
  [[nodiscard]] std::optional<ChangeRequest> after(std::string const& milestone) const;
  /// Tests run again at a price that nobody knows.
  [[nodiscard]] std::size_t unpriced() const;
  /// Defects that reach the client once the work is done as `deferred` has it: a test that ends before the
  /// work does not see it.
  [[nodiscard]] double escaping(Impact const& deferred) const;

 private:
  struct Piece {
    std::string activity;  ///< Whose work it is.
    std::string now;       ///< That does it in the accepted plan: the same, or its rework.
    std::string later;     ///< That does it later; of a new activity the same.
    bool added = false;    ///< The change brings the activity in.
    Work duration;
    double effort = 0, material = 0;  ///< As shares of what is planned.
  };
  [[nodiscard]] Piece const* piece_of(std::string const& activity) const;
  [[nodiscard]] ActivityAddition addition(Piece const& piece) const;
  [[nodiscard]] std::vector<bool> leading_to(ActivityIndex milestone) const;
  [[nodiscard]] std::vector<Link> held_by(Piece const& piece, std::vector<bool> const& leading) const;

  Context const& context_;
  ChangeRequest const& change_;
  Impact const& accepted_;
  std::vector<Piece> pieces_;
  bool moves_ = false;
};

}  // namespace rapport::detail
