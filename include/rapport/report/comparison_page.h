#pragma once
// Two states of a project side by side, for human eyes.

#include <cstddef>
#include <string>
#include <string_view>

#include "rapport/impact/compare.h"

namespace rapport {

struct ComparisonPageOptions {
  std::string before{}, after{};  ///< What the states are called, such as their files; may be empty.
  std::string language = "en";
  std::size_t rows =
      400;  ///< Of what moved and of what differs, each; the page says how many more there are.
};

/// One self-contained page, without script: what moved the finish, what moved, what differs. Internal.
/// Cost: O(rows + activities log activities). Errors: InvalidInput (a language without templates).
[[nodiscard]] std::string to_html(Comparison const& comparison, ComparisonPageOptions const& options = {});
/// The same for mail.
[[nodiscard]] std::string to_markdown(Comparison const& comparison,
                                      ComparisonPageOptions const& options = {});

}  // namespace rapport
