#include "model/check_fields.h"

#include "base/number_text.h"
#include "base/utf8.h"

namespace rapport {
namespace {

constexpr Instant first_possible = at(Date{-208188});            // 1400-01-01
constexpr Instant past_possible = at(Date{2932896 + 1});         // after 9999-12-31
constexpr Instant first_plausible = at(Date{-25567});            // 1900-01-01
constexpr Instant past_plausible = at(Date{84006});              // 2200-01-01
constexpr std::int64_t longest = 10'000'000 * seconds_per_hour;  // Over a thousand years.

}  // namespace

void check_range(char const* field, double value, double low, double high, Findings& findings) {
  if (value >= low && value <= high) return;
  findings.error(std::string(field) + " is " + short_text(value) + ", which does not lie between " +
                     short_text(low) + " and " + short_text(high),
                 "give a value in this range");
}

void FieldCheck::look(std::string const& value) {
  if (!holds_utf8(value))
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
