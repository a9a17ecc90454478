#pragma once
// The work of a change, done after a milestone instead of now.

#include <optional>
#include <set>
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

  /// Tests of what changes, by key, that the accepted plan does not run again because they are still to come.
  using Tests = std::set<std::string>;

  /// The change with its work as activities of their own after the milestone, an activity of the accepted
  /// plan; nothing when the change takes that out. They hold what the work holds there, but neither what
  /// leads to the milestone nor what has begun: behind those, what waits for them. The tests `run_before` it
  /// are run again once the work is done.
  [[nodiscard]] std::optional<ChangeRequest> after(std::string const& milestone,
                                                   Tests const& run_before = {}) const;
  /// Those that `deferred` begins before the milestone.
  [[nodiscard]] Tests tests_before(std::string const& milestone, Impact const& deferred) const;
  /// Tests run again at a price that nobody knows.
  [[nodiscard]] std::size_t unpriced(Tests const& run_before) const;
  /// Defects that reach the client once the work is done as `deferred` has it: a test that ends before the
  /// work does not see it, unless it is run again.
  [[nodiscard]] double escaping(Impact const& deferred, Tests const& run_before) const;
  /// Some of the work is done later in `deferred` than when it is done now, or the milestone is reached
  /// sooner.
  [[nodiscard]] bool puts_off(std::string const& milestone, Impact const& deferred) const;

 private:
  struct Piece {
    std::string activity;  ///< Whose work it is.
    std::string now;       ///< That does it in the accepted plan: the same, or its rework.
    std::string later;     ///< That does it later; of a new activity the same.
    bool added = false;    ///< The change brings the activity in.
    Work duration;
    double effort = 0, material = 0;  ///< As shares of what is planned.
  };
  using Pieces = std::vector<Piece>;

  [[nodiscard]] std::string free_key(std::string const& activity) const;
  /// All work that is done later, the tests run again with it.
  [[nodiscard]] Pieces pieces(Tests const& run_before) const;
  [[nodiscard]] bool runs_again(RepeatedTest const& test, Tests const& run_before) const {
    return test.already_run || run_before.contains(test.test);
  }
  [[nodiscard]] ActivityAddition addition(Piece const& piece, Tests const& run_before) const;
  [[nodiscard]] std::vector<bool> leading_to(ActivityIndex milestone) const;
  [[nodiscard]] std::vector<Link> held_by(Piece const& piece, Pieces const& all,
                                          std::vector<bool> const& leading) const;
  /// Tests are run again once the work is done, where the plan has no test before that work.
  [[nodiscard]] std::vector<Link> before_tests(Pieces const& all, Tests const& run_before) const;
  [[nodiscard]] static Piece const* find(Pieces const& all, std::string const& activity);

  Context const& context_;
  ChangeRequest const& change_;
  Impact const& accepted_;
  Pieces pieces_;  ///< The work of the change alone.
  bool moves_ = false;
};

}  // namespace rapport::detail
