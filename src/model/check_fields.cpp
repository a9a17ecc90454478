#include "model/check_fields.h"

#include <cstdio>

namespace rapport {
namespace {

constexpr Instant first_possible = at(Date{-208188});            // 1400-01-01
constexpr Instant past_possible = at(Date{2932896 + 1});         // after 9999-12-31
constexpr Instant first_plausible = at(Date{-25567});            // 1900-01-01
constexpr Instant past_plausible = at(Date{84006});              // 2200-01-01
constexpr std::int64_t longest = 10'000'000 * seconds_per_hour;  // Over a thousand years.

}  // namespace

bool is_utf8(std::string_view text) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  for (std::size_t i = 0; i < text.size();) {
    unsigned const lead = byte(i);
    std::size_t const length = lead < 0x80                   ? 1
                               : lead >= 0xC2 && lead < 0xE0 ? 2
                               : lead >= 0xE0 && lead < 0xF0 ? 3
                                                             : 4;
    if (length == 4 && (lead < 0xF0 || lead > 0xF4)) return false;
    for (std::size_t k = 1; k < length; ++k)
      if ((byte(i + k) & 0xC0) != 0x80) return false;
    // Overlong forms, surrogates and what lies beyond U+10FFFF are no characters.
    unsigned const second = byte(i + 1);
    if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) ||
        (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F))
      return false;
    i += length;
  }
  return true;
}

void check_range(char const* field, double value, double low, double high, Findings& findings) {
  if (value >= low && value <= high) return;
  char text[160];
  std::snprintf(text, sizeof text, "%s is %g, which does not lie between %g and %g", field, value, low, high);
  findings.error(text, "give a value in this range");
}

void FieldCheck::look(std::string const& value) {
  if (!is_utf8(value))
    findings_.error(std::string(name_) + " is not valid UTF-8", "convert the text to UTF-8");
}

void FieldCheck::look(Instant value) {
  if (value < first_possible || value >= past_possible)
    findings_.error(std::string(name_) + " lies outside the years 1400 to 9999", "correct the date");
  else if (value < first_plausible || value >= past_plausible)
    findings_.warn(std::string(name_) + " is " + to_string(value), "check the year");
}

void FieldCheck::look(std::int64_t seconds) {
  if (seconds > longest || seconds < -longest)
    findings_.error(std::string(name_) + " is longer than ten million hours", "check its unit");
}

void FieldCheck::look(double value) {
  if (!std::isfinite(value)) findings_.error(std::string(name_) + " is not a number", "give a finite number");
}

}  // namespace rapport
