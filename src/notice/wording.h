#pragma once
// The words of one language, and dates, money and counts as that language writes them. All wording
// lies in templates/<language>/; nothing here knows a sentence.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "rapport/base/money.h"
#include "rapport/base/time.h"

namespace rapport {

/// How a text that comes from facts is made harmless where it is inserted.
enum class Escape : std::uint8_t { None, Html, Markdown };

/// `text` without control characters other than line breaks, which XML cannot hold, and with what
/// the format would read as markup escaped.
[[nodiscard]] std::string escaped(std::string_view text, Escape escape);

/// A Mustache template filled from `context`; {{name}} is escaped, {{{name}}} is not. Empty texts,
/// empty lists and null count as absent for sections.
[[nodiscard]] std::string render(std::string_view text, nlohmann::json const& context, Escape escape);

class Wording {
 public:
  /// Languages with a words.json, sorted.
  [[nodiscard]] static std::vector<std::string> const& languages();
  /// "en", "en-GB", "zh", "zh-CN" … Errors: InvalidInput naming the languages there are.
  [[nodiscard]] static Wording const& of(std::string_view language);
  /// Whether of() would succeed.
  [[nodiscard]] static bool has(std::string_view language);

  [[nodiscard]] std::string const& language() const { return language_; }
  /// All words, for page templates.
  [[nodiscard]] nlohmann::json const& words() const { return words_; }

  /// The words under a dotted key. Errors: Error when there are none (a fault of the library).
  [[nodiscard]] std::string operator()(std::string_view key) const;
  /// … with {{arguments}} filled in, unescaped. The argument `n` also sets `one` when it is 1.
  [[nodiscard]] std::string operator()(std::string_view key, nlohmann::json arguments) const;
  /// The words under `key`, or `text` itself where there are none.
  [[nodiscard]] std::string or_verbatim(std::string_view key, std::string_view text) const;
  /// templates/<language>/<name>
  [[nodiscard]] std::string_view file(std::string_view name) const;

  /// "2 Mar 2027".
  [[nodiscard]] std::string date(Instant when) const;
  /// "2 Mar 2027, 17:00".
  [[nodiscard]] std::string date_time(Instant when) const;
  /// "241,300.00 EUR"; without the code when there is no currency.
  [[nodiscard]] std::string money(Money amount) const;
  /// With a sign, "+241,300.00 EUR"; zero has none.
  [[nodiscard]] std::string signed_money(Money amount) const;
  /// Rounded to whole major units, for headlines.
  [[nodiscard]] std::string round_money(Money amount) const;
  /// "1,234", "0.35": at most `decimals`, without trailing zeros.
  [[nodiscard]] std::string number(double value, int decimals = 2) const;
  /// "0.10": always `decimals`.
  [[nodiscard]] std::string fixed(double value, int decimals) const;
  /// "80 %".
  [[nodiscard]] std::string percent(double share) const;
  /// "24 h".
  [[nodiscard]] std::string hours(Work work) const;
  /// "9 days", "3 h", of an amount without its sign.
  [[nodiscard]] std::string span(Elapsed elapsed) const;
  /// Between two dates as a reader counts: calendar days when the days differ, else hours.
  [[nodiscard]] std::string span(Instant before, Instant after) const;
  /// "+9 days", "−3 h", "no change".
  [[nodiscard]] std::string shift(Instant before, Instant after) const;
  [[nodiscard]] std::string shift(Elapsed delta) const;
  /// "a, b and c".
  [[nodiscard]] std::string list(std::vector<std::string> const& items) const;

 private:
  explicit Wording(std::string language);
  std::string language_;
  nlohmann::json words_;
};

}  // namespace rapport
