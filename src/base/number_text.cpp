#include "base/number_text.h"

#include <array>
#include <charconv>

namespace rapport {
namespace {

std::string text_of(double value, std::chars_format format, int precision) {
  std::array<char, 512> text{};  // the largest double has 309 digits before its point
  auto const end = std::to_chars(text.data(), text.data() + text.size(), value, format, precision).ptr;
  return {text.data(), end};
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  return text_of(value, std::chars_format::fixed, decimals);
}

std::string short_text(double value, int digits) {
  return text_of(value, std::chars_format::general, digits);
}

}  // namespace rapport
