#pragma once
// Numbers in texts, with a point whatever the locale of the program says.

#include <string>

namespace rapport {

/// With so many digits after the point: "79.50".
[[nodiscard]] std::string fixed_text(double value, int decimals);
/// The shortest of at most so many significant digits: "12.5", "1e+09".
[[nodiscard]] std::string short_text(double value, int digits = 6);

}  // namespace rapport
