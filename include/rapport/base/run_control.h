#pragma once
// Long work tells how far it is and can be asked to stop.

#include <functional>
#include <string_view>

#include "rapport/base/error.h"

namespace rapport {

struct Progress {
  double fraction = 0;     ///< 0 … 1 of the whole call.
  std::string_view stage;  ///< A few words: "reading", "scheduling".
};

/// Given by the caller to any function that may take long. The callback is called from the calling
/// thread, at most some hundred times a call; returning false asks the work to stop, which it does
/// by throwing Cancelled with nothing changed.
struct RunControl {
  std::function<bool(Progress const&)> on_progress;

  /// Errors: Cancelled when the callback says so.
  void report(double fraction, std::string_view stage) const {
    if (on_progress && !on_progress({fraction, stage})) throw Cancelled(fraction);
  }

  /// For a part of the call, which goes from `begin` to `end` of the whole. It must not outlive this one.
  [[nodiscard]] RunControl part(double begin, double end) const {
    if (!on_progress) return {};
    return {[this, begin, end](Progress const& of_part) {
      return on_progress({begin + (end - begin) * of_part.fraction, of_part.stage});
    }};
  }
};

}  // namespace rapport
