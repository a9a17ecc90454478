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

std::string without_no_code(std::string text, Currency currency) {
  if (currency == Currency()) text.erase(text.rfind(' '));
  return text;
}

}  // namespace

std::string fixed_text(double value, int decimals) {
  return text_of(value, std::chars_format::fixed, decimals);
}

std::string short_text(double value, int digits) {
  return text_of(value, std::chars_format::general, digits);
}

std::string grouped_text(std::string text) {
  auto const first = text.find_first_of("0123456789");
  if (first == std::string::npos) return text;
  auto at = text.find_first_not_of("0123456789", first);
  if (at == std::string::npos) at = text.size();
  while (at > first + 3) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string counted_text(std::int64_t count, std::string const& one, std::string const& more) {
  return std::to_string(count) + " " + (count == 1 || count == -1 ? one : more);
}

std::string amount_text(Money amount) {
  return grouped_text(without_no_code(to_string(amount), amount.currency));
}

std::string amount_text(Rate rate) { return grouped_text(without_no_code(to_string(rate), rate.currency)); }

}  // namespace rapport
