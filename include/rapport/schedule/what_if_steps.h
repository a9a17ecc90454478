#pragma once
// Changes tried on a schedule step by step, each with its dates and a way back: for callers that gather
// edits one at a time. The dates come from a WhatIf.

#include <functional>
#include <optional>
#include <vector>

#include "rapport/schedule/what_if.h"

namespace rapport {

/// For one thread at a time.
class WhatIfSteps {
 public:
  /// Cost: O(activities + links), a copy of the arrays.
  explicit WhatIfSteps(Schedule before);

  [[nodiscard]] Schedule const& before() const { return what_if_.before(); }
  /// What is tried now.
  [[nodiscard]] Overlay const& overlay() const { return overlay_; }
  /// One step further: `edit` on what is tried. Keeps what the step replaced.
  /// Errors: those of `edit` and of WhatIf::schedule; the step is then not taken.
  void take(std::function<void(Overlay&)> const& edit);
  /// The same with what is to be tried from now on. Keeps all that was tried before.
  void take(Overlay next);
  /// The last step back; false when there is none.
  bool undo();

  /// The dates as they stand. Cost: O(1).
  [[nodiscard]] Schedule const& after() const { return after_; }
  /// One row per activity whose dates, floats or flags differ from before: key, name, start_before,
  /// start_after, finish_before, finish_after, late_finish_before, late_finish_after,
  /// total_float_before_minutes, total_float_after_minutes (min), critical; null on the side where there is
  /// no such activity. Cost: as WhatIf::moved; O(activities) after a change that was computed in full.
  [[nodiscard]] Table moved() const;

 private:
  /// The way back of one step.
  struct Step {
    Overlay::Mark mark;
    std::optional<Overlay> whole;  ///< What was tried before, where the next overlay was given whole.
  };
  void follow(Step step);
  void go_back(Step step);

  WhatIf what_if_;
  Overlay overlay_;
  std::vector<Step> steps_;
  Schedule after_;
};

}  // namespace rapport
