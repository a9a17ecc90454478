#include "notice/wording.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <map>

#include "base/number_text.h"
#include "notice/templates.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::string_view minus = "\u2212";
constexpr std::string_view no_break_space = "\u00a0";

std::string_view primary(std::string_view language) {
  return language.substr(0, language.find_first_of("-_"));
}

std::string two_digits(std::int64_t value) { return (value < 10 ? "0" : "") + std::to_string(value); }

/// The decimal text of `value` × 10^-digits, without a sign.
std::string decimal(std::uint64_t value, int digits) {
  std::uint64_t unit = 1;
  for (int i = 0; i < digits; ++i) unit *= 10;
  std::string text = grouped_text(std::to_string(value / unit));
  if (digits > 0) {
    std::string fraction = std::to_string(value % unit);
    fraction.insert(0, static_cast<std::size_t>(digits) - fraction.size(), '0');
    text += "." + fraction;
  }
  return text;
}

std::uint64_t magnitude(std::int64_t value) {
  return value < 0 ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
}

std::string with_code(std::string text, Currency currency) {
  if (currency == Currency()) return text;
  return text.append(no_break_space).append(currency.code());
}

/// The text under a dotted key, or nullptr.
std::string const* find(nlohmann::json const& words, std::string_view key) {
  nlohmann::json const* at = &words;
  while (!key.empty()) {
    std::string_view const part = key.substr(0, key.find('.'));
    auto const found = at->find(part);
    if (found == at->end()) return nullptr;
    at = &*found;
    key.remove_prefix(std::min(key.size(), part.size() + 1));
  }
  return at->get_ptr<std::string const*>();
}

}  // namespace

Wording::Wording(std::string language) : language_(std::move(language)) {
  words_ = nlohmann::json::parse(file("words.json"));
}

std::vector<std::string> const& Wording::languages() {
  static std::vector<std::string> const found = [] {
    std::vector<std::string> names;
    for (std::string_view const name : template_names())
      if (name.ends_with("/words.json")) names.emplace_back(name.substr(0, name.find('/')));
    return names;
  }();
  return found;
}

bool Wording::has(std::string_view language) {
  return std::ranges::count(languages(), primary(language)) > 0;
}

Wording const& Wording::of(std::string_view language) {
  static std::map<std::string, Wording, std::less<>> const made = [] {
    std::map<std::string, Wording, std::less<>> words;
    for (std::string const& name : languages()) words.emplace(name, Wording(name));
    return words;
  }();
  auto const found = made.find(primary(language));
  if (found != made.end()) return found->second;
  std::string known;
  for (std::string const& name : languages()) known += (known.empty() ? "" : ", ") + name;
  throw InvalidInput("there are no texts in the language \"" + std::string(language) +
                     "\"; use one of: " + known);
}

std::string_view Wording::file(std::string_view name) const {
  std::string const path = language_ + "/" + std::string(name);
  std::string_view const text = template_text(path);
  if (text.empty()) throw Error(Status::Internal, "template " + path + " is missing");
  return text;
}

std::string Wording::operator()(std::string_view key) const {
  std::string const* found = find(words_, key);
  if (!found) throw Error(Status::Internal, "no words for " + std::string(key) + " in language " + language_);
  return *found;
}

std::string Wording::operator()(std::string_view key, nlohmann::json arguments) const {
  if (auto const n = arguments.find("n"); n != arguments.end()) arguments["one"] = *n == 1 || *n == "1";
  return render((*this)(key), arguments, Escape::None);
}

std::string Wording::or_verbatim(std::string_view key, std::string_view text) const {
  std::string const* found = find(words_, key);
  return found ? *found : std::string(text);
}

std::string Wording::date(Instant when) const {
  std::string const iso = to_string(when.date());
  auto const number_at = [&](std::size_t from, std::size_t count) {
    return std::atoi(iso.substr(from, count).c_str());
  };
  int const month = number_at(5, 2);
  return (*this)("date", {{"year", number_at(0, 4)},
                          {"month", month},
                          {"month_name", words_.at("months").at(static_cast<std::size_t>(month - 1))},
                          {"day", number_at(8, 2)}});
}

std::string Wording::date_time(Instant when) const {
  std::int64_t const minute = when.second_of_day() / seconds_per_minute;
  return (*this)("date_time",
                 {{"date", date(when)}, {"time", two_digits(minute / 60) + ":" + two_digits(minute % 60)}});
}

std::string Wording::money(Money amount) const {
  std::string const text = decimal(magnitude(amount.minor), amount.currency.minor_digits());
  return with_code((amount.minor < 0 ? std::string(minus) : "") + text, amount.currency);
}

std::string Wording::signed_money(Money amount) const {
  return (amount.minor > 0 ? "+" : "") + money(amount);
}

std::string Wording::round_money(Money amount) const {
  auto const whole = static_cast<std::uint64_t>(std::llround(std::abs(amount.in_major())));
  return with_code(grouped_text(std::to_string(whole)), amount.currency);
}

std::string Wording::number(double value, int decimals) const {
  if (!std::isfinite(value)) return "–";
  double const unit = std::pow(10.0, decimals);
  // Above this a double holds no decimals worth showing.
  if (std::abs(value) * unit > 9e17) return fixed_text(value, 0);
  auto const scaled = std::llround(value * unit);
  std::string text = decimal(magnitude(scaled), decimals);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return (scaled < 0 ? std::string(minus) : "") + text;
}

std::string Wording::fixed(double value, int decimals) const {
  auto const scaled = std::llround(value * std::pow(10.0, decimals));
  return (scaled < 0 ? std::string(minus) : "") + decimal(magnitude(scaled), decimals);
}

std::string Wording::percent(double share) const {
  return (*this)("percent", {{"value", number(share * 100, 0)}});
}

std::string Wording::hours(Work work) const { return (*this)("hours", {{"n", number(work.in_hours(), 1)}}); }

std::string Wording::span(Elapsed elapsed) const {
  double const seconds = std::abs(static_cast<double>(elapsed.seconds));
  if (seconds < static_cast<double>(seconds_per_hour))
    return (*this)("minutes", {{"n", number(seconds / static_cast<double>(seconds_per_minute), 0)}});
  if (seconds < static_cast<double>(seconds_per_day))
    return (*this)("hours", {{"n", number(seconds / static_cast<double>(seconds_per_hour), 1)}});
  return (*this)("days", {{"n", number(seconds / static_cast<double>(seconds_per_day), 1)}});
}

std::string Wording::span(Instant before, Instant after) const {
  std::int32_t const days = std::abs(after.date() - before.date());
  return days == 0 ? span(after - before) : (*this)("days", {{"n", number(days, 0)}});
}

std::string Wording::shift(Instant before, Instant after) const {
  if (before == after) return (*this)("no_change");
  return (after > before ? "+" : std::string(minus)) + span(before, after);
}

std::string Wording::shift(Elapsed delta) const {
  if (delta.seconds == 0) return (*this)("no_change");
  return (delta.seconds > 0 ? "+" : std::string(minus)) + span(delta);
}

std::string Wording::list(std::vector<std::string> const& items) const {
  std::string text;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (i > 0) text += (*this)(i + 1 == items.size() ? "list.last" : "list.between");
    text += items[i];
  }
  return text;
}

}  // namespace rapport
